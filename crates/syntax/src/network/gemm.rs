//! Products of matrices, the nine tenths of all work.
//!
//! Weights never change, so they are laid out once, in panels of 32 outputs, as the inner loops read them; general
//! libraries do this again on each call, which for one short paragraph costs more than the product. Each result is one
//! sum over the inputs in their order, whatever row it is in and however many rows there are: that is what makes a
//! document's parse the same alone and in a batch, on one thread and on many.
//!
//! Vector instructions are chosen at run time. This is the one file with `unsafe`: the instructions need the
//! processor to have them, and loads and stores through pointers; both are checked just before.

/// Outputs of a panel.
const PANEL: usize = 32;

/// Weights of a linear layer: `gives` sums over `takes` inputs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    /// Panel by panel; in each, input by input, the weights of its 32 outputs. Missing outputs are zeros.
    panels: Vec<f32>,
    /// One bias an output, filled up to whole panels.
    bias: Vec<f32>,
    gives: usize,
    takes: usize,
}

impl Weights {
    /// Lays out weights given output by output; `bias` is one number an output, or empty.
    pub(crate) fn new(weights: &[f32], bias: &[f32], takes: usize) -> Self {
        let gives = weights.len().checked_div(takes).unwrap_or(0);
        let padded = gives.next_multiple_of(PANEL);
        let mut panels = vec![0f32; padded * takes];
        for (output, row) in weights.chunks_exact(takes.max(1)).enumerate() {
            let first = output / PANEL * PANEL * takes + output % PANEL;
            for (place, &weight) in panels[first..].iter_mut().step_by(PANEL).zip(row) {
                *place = weight;
            }
        }
        let mut bias = bias.to_vec();
        bias.resize(padded, 0.0);
        Self { panels, bias, gives, takes }
    }

    pub(crate) fn gives(&self) -> usize {
        self.gives
    }

    pub(crate) fn takes(&self) -> usize {
        self.takes
    }

    /// Results of `m` rows, one after the other, into `out`. The first number of each row is `stride` numbers after that
    /// of the row before; rows may overlap.
    pub(crate) fn apply(&self, m: usize, rows: &[f32], stride: usize, out: &mut Vec<f32>) {
        let fits = m == 0 || rows.len() >= (m - 1) * stride + self.takes;
        assert!(fits, "rows are missing");
        // Numbers left from before are all overwritten.
        out.resize(m * self.gives, 0.0);
        let product = Product { weights: self, rows, stride, m };
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                #[allow(unsafe_code)]
                // SAFETY: the processor has the instructions.
                unsafe {
                    x86::apply_avx512(&product, out)
                };
                return;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                #[allow(unsafe_code)]
                // SAFETY: the processor has the instructions.
                unsafe {
                    x86::apply_avx2(&product, out)
                };
                return;
            }
        }
        apply_plain(&product, out);
    }
}

/// Adds to `sums` each of the `rows`, which are as long, times its factor.
pub(crate) fn add_rows(factors: &[f32], rows: &[f32], sums: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            #[allow(unsafe_code)]
            // SAFETY: the processor has the instructions.
            return unsafe { x86::add_rows_avx512(factors, rows, sums) };
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            #[allow(unsafe_code)]
            // SAFETY: the processor has the instructions.
            return unsafe { x86::add_rows_avx2(factors, rows, sums) };
        }
    }
    add_rows_plain(factors, rows, sums);
}

#[inline(always)]
fn add_rows_plain(factors: &[f32], rows: &[f32], sums: &mut [f32]) {
    // Sixteen sums at a time stay in registers over all rows.
    let width = sums.len();
    for (block, sums) in sums.chunks_exact_mut(16).enumerate() {
        let mut held = [0f32; 16];
        held.copy_from_slice(sums);
        for (&factor, row) in factors.iter().zip(rows.chunks_exact(width)) {
            if let Some(row) = row.get(block * 16..block * 16 + 16) {
                for (sum, &x) in held.iter_mut().zip(row) {
                    *sum += factor * x;
                }
            }
        }
        sums.copy_from_slice(&held);
    }
}

/// One product to make. Rows have been checked to lie inside their slice.
struct Product<'a> {
    weights: &'a Weights,
    rows: &'a [f32],
    stride: usize,
    m: usize,
}

impl Product<'_> {
    /// Weights and bias of a panel.
    fn panel(&self, number: usize) -> (&[f32], &[f32]) {
        let size = PANEL * self.weights.takes;
        let panel = &self.weights.panels[number * size..(number + 1) * size];
        (panel, &self.weights.bias[number * PANEL..(number + 1) * PANEL])
    }

    fn panels(&self) -> usize {
        self.weights.bias.len() / PANEL
    }

    fn row(&self, i: usize) -> &[f32] {
        &self.rows[i * self.stride..i * self.stride + self.weights.takes]
    }

    /// Puts the sums of a row and panel in their place.
    fn put(&self, i: usize, panel: usize, sums: &[f32; PANEL], out: &mut [f32]) {
        let (first, gives) = (panel * PANEL, self.weights.gives);
        let n = PANEL.min(gives - first);
        out[i * gives + first..i * gives + first + n].copy_from_slice(&sums[..n]);
    }
}

/// In plain Rust, which compilers turn into what vector instructions they may assume.
fn apply_plain(product: &Product<'_>, out: &mut [f32]) {
    for number in 0..product.panels() {
        let (panel, bias) = product.panel(number);
        for i in 0..product.m {
            let mut sums = [0f32; PANEL];
            for (&x, weights) in product.row(i).iter().zip(panel.chunks_exact(PANEL)) {
                for (sum, &weight) in sums.iter_mut().zip(weights) {
                    *sum += x * weight;
                }
            }
            for (sum, &bias) in sums.iter_mut().zip(bias) {
                *sum += bias;
            }
            product.put(i, number, &sums, out);
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod x86 {
    use std::arch::x86_64::{
        _mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
        _mm512_add_ps, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
    };

    use super::{PANEL, Product};

    /// Runs a block of `N` rows against a panel; `$pair` is how many vectors of `$width` numbers a pass over the panel
    /// takes together.
    macro_rules! kernel {
        ($apply:ident, $block:ident, $feature:literal, $width:literal, $pair:literal, $rows:literal,
         $sum:ident, $zero:ident, $load:ident, $set:ident, $fma:ident, $add:ident, $store:ident) => {
            #[target_feature(enable = $feature)]
            pub(super) fn $sum(factors: &[f32], rows: &[f32], sums: &mut [f32]) {
                super::add_rows_plain(factors, rows, sums);
            }

            #[target_feature(enable = $feature)]
            pub(super) fn $apply(product: &Product<'_>, out: &mut [f32]) {
                for panel in 0..product.panels() {
                    let mut i = 0;
                    while i + $rows <= product.m {
                        $block::<$rows>(product, panel, i, out);
                        i += $rows;
                    }
                    while i + 2 <= product.m {
                        $block::<2>(product, panel, i, out);
                        i += 2;
                    }
                    if i < product.m {
                        $block::<1>(product, panel, i, out);
                    }
                }
            }

            #[target_feature(enable = $feature)]
            fn $block<const N: usize>(product: &Product<'_>, number: usize, first: usize, out: &mut [f32]) {
                let (panel, bias) = product.panel(number);
                let takes = product.weights.takes;
                let mut rows: [&[f32]; N] = [&[]; N];
                for i in 0..N {
                    rows[i] = product.row(first + i);
                    assert!(rows[i].len() == takes);
                }
                assert!(panel.len() == PANEL * takes && bias.len() == PANEL);
                let mut results = [[0f32; PANEL]; N];
                for lane in (0..PANEL).step_by($width * $pair) {
                    let mut sums = [[$zero(); $pair]; N];
                    for at in 0..takes {
                        // SAFETY: `at < takes`, the panel holds `PANEL * takes` numbers, `lane + $width * $pair` is at
                        // most `PANEL`, and each row holds `takes` numbers; all asserted above.
                        unsafe {
                            let weights = panel.as_ptr().add(at * PANEL + lane);
                            let mut vectors = [$zero(); $pair];
                            for j in 0..$pair {
                                vectors[j] = $load(weights.add(j * $width));
                            }
                            for i in 0..N {
                                let x = $set(*rows[i].get_unchecked(at));
                                for j in 0..$pair {
                                    sums[i][j] = $fma(x, vectors[j], sums[i][j]);
                                }
                            }
                        }
                    }
                    for i in 0..N {
                        for j in 0..$pair {
                            // SAFETY: `lane + (j + 1) * $width` is at most `PANEL`, the length of both.
                            unsafe {
                                let bias = $load(bias.as_ptr().add(lane + j * $width));
                                $store(results[i].as_mut_ptr().add(lane + j * $width), $add(sums[i][j], bias));
                            }
                        }
                    }
                }
                for (i, result) in results.iter().enumerate() {
                    product.put(first + i, number, result, out);
                }
            }
        };
    }

    kernel!(
        apply_avx512,
        block_avx512,
        "avx512f",
        16,
        2,
        8,
        add_rows_avx512,
        _mm512_setzero_ps,
        _mm512_loadu_ps,
        _mm512_set1_ps,
        _mm512_fmadd_ps,
        _mm512_add_ps,
        _mm512_storeu_ps
    );
    kernel!(
        apply_avx2,
        block_avx2,
        "avx2,fma",
        8,
        2,
        6,
        add_rows_avx2,
        _mm256_setzero_ps,
        _mm256_loadu_ps,
        _mm256_set1_ps,
        _mm256_fmadd_ps,
        _mm256_add_ps,
        _mm256_storeu_ps
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn sums_are_right_and_the_same_in_any_row() {
        for (m, gives, takes, stride) in [(1, 50, 96, 96), (7, 288, 288, 96), (13, 64, 96, 96), (29, 33, 5, 5)] {
            let (weights, bias) = (numbers(gives * takes, 1), numbers(gives, 2));
            let rows = numbers((m - 1) * stride + takes, 3);
            let layer = Weights::new(&weights, &bias, takes);
            let mut out = vec![9.0];
            layer.apply(m, &rows, stride, &mut out);
            assert_eq!(out.len(), m * gives);
            for i in 0..m {
                let row = &rows[i * stride..i * stride + takes];
                let mut alone = Vec::new();
                layer.apply(1, row, stride, &mut alone);
                assert_eq!(alone, &out[i * gives..(i + 1) * gives], "row {i} of {m}");
                for o in 0..gives {
                    let w = &weights[o * takes..(o + 1) * takes];
                    let sum: f64 = row.iter().zip(w).map(|(&x, &w)| f64::from(x) * f64::from(w)).sum();
                    let expected = sum + f64::from(bias[o]);
                    assert!((f64::from(out[i * gives + o]) - expected).abs() < 1e-4);
                }
            }
        }
    }

    #[test]
    fn plain_rust_agrees_with_vector_instructions() {
        let (weights, rows) = (numbers(40 * 30, 4), numbers(9 * 30, 5));
        let layer = Weights::new(&weights, &[], 30);
        let (mut fast, mut plain) = (Vec::new(), vec![0.0; 9 * 40]);
        layer.apply(9, &rows, 30, &mut fast);
        apply_plain(&Product { weights: &layer, rows: &rows, stride: 30, m: 9 }, &mut plain);
        assert!(fast.iter().zip(&plain).all(|(a, b)| (a - b).abs() < 1e-4));
    }
}
