//! Products of matrices.

/// `out = rows x weights' + bias`: `rows` are `m` rows of `k` numbers, the first number of each `stride` after that of
/// the one before (rows may overlap); `weights` are `n` rows of `k` numbers, `bias` is of `n` numbers or empty.
pub(crate) fn multiply(
    m: usize,
    rows: &[f32],
    stride: usize,
    k: usize,
    weights: &[f32],
    bias: &[f32],
    out: &mut Vec<f32>,
) {
    let n = weights.len() / k;
    out.clear();
    if bias.is_empty() {
        out.resize(m * n, 0.0);
    } else {
        for _ in 0..m {
            out.extend_from_slice(bias);
        }
    }
    if m == 0 {
        return;
    }
    assert!(rows.len() >= (m - 1) * stride + k && weights.len() == n * k && out.len() == m * n);
    #[allow(unsafe_code)]
    // SAFETY: the assertion says that all of the `m` rows, the weights and the result lie inside their slices, and
    // `out` is borrowed mutably, so it overlaps none of them. Reason: the kernel takes pointers.
    unsafe {
        matrixmultiply::sgemm(
            m,
            k,
            n,
            1.0,
            rows.as_ptr(),
            stride as isize,
            1,
            weights.as_ptr(),
            1,
            k as isize,
            1.0,
            out.as_mut_ptr(),
            n as isize,
            1,
        );
    }
}
