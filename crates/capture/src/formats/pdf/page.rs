//! The lines of a page: text operators walked in the order in which they draw.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::STREAM;
use super::fonts::{self, Font, number};

/// Forms inside forms beyond this are not drawn.
const FORMS: usize = 4;

/// What may still be read of the file.
pub(super) struct Left {
    pub(super) operators: usize,
    pub(super) letters: usize,
}

/// Letters on one base line, in points from the lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) start: f32,
    pub(super) end: f32,
    pub(super) base: f32,
    pub(super) size: f32,
}

/// The lines of a page, in the order in which they are drawn.
pub(super) fn lines(file: &Document, id: ObjectId, left: &mut Left) -> Vec<Line> {
    let mut lines = Vec::new();
    let Ok(content) = file.get_page_content_with_limit(id, STREAM) else { return lines };
    let fonts: Vec<(Vec<u8>, Dictionary, Dictionary)> = file
        .get_page_fonts(id)
        .map(|fonts| fonts.into_iter().map(|(name, d)| (name, d.clone(), fonts::stripped(d))).collect())
        .unwrap_or_default();
    let resources = match file.get_page_resources(id) {
        Ok((Some(own), _)) => Some(own),
        Ok((None, ids)) => ids.into_iter().find_map(|id| file.get_dictionary(id).ok()),
        Err(_) => None,
    };
    draw(file, &content, &fonts, resources, Matrix::ONE, 0, left, &mut lines);
    lines
}

/// An affine map, as PDF writes it.
#[derive(Debug, Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn moved(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This map, then the other.
    fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [k, l, m, n, o, p]) = (self.0, other.0);
        Self([a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p])
    }

    fn of(numbers: &[f32]) -> Option<Self> {
        Some(Self(numbers.try_into().ok()?))
    }
}

/// What the text operators set.
#[derive(Clone, Copy)]
struct State<'f, 'a> {
    page: Matrix,
    font: Option<&'f Font<'a>>,
    size: f32,
    letter_gap: f32,
    word_gap: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

struct Pen<'f, 'a> {
    state: State<'f, 'a>,
    stack: Vec<State<'f, 'a>>,
    text: Matrix,
    line: Matrix,
}

fn draw(
    file: &Document,
    content: &[u8],
    fonts: &[(Vec<u8>, Dictionary, Dictionary)],
    resources: Option<&Dictionary>,
    page: Matrix,
    depth: usize,
    left: &mut Left,
    lines: &mut Vec<Line>,
) {
    let fonts: BTreeMap<&[u8], Font<'_>> =
        fonts.iter().map(|(name, dict, bare)| (name.as_slice(), fonts::read(file, dict, bare))).collect();
    let unknown = Font::unknown();
    let state =
        State { page, font: None, size: 1.0, letter_gap: 0.0, word_gap: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 };
    let mut pen = Pen { state, stack: Vec::new(), text: Matrix::ONE, line: Matrix::ONE };
    for operation in Content::decode_iter(content) {
        let Ok(operation) = operation else { break };
        if left.operators == 0 || left.letters == 0 {
            return;
        }
        left.operators -= 1;
        if operation.operator == "Do" {
            if depth < FORMS {
                form(file, &operation, resources, pen.state.page, depth, left, lines);
            }
        } else if operation.operator == "Tf" {
            let name = operation.operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
            pen.state.font = Some(fonts.get(name).unwrap_or(&unknown));
            pen.state.size = operation.operands.get(1).and_then(|o| number(file, o)).unwrap_or(1.0);
        } else {
            pen.obey(file, &operation, left, lines);
        }
    }
}

/// A form is a page inside the page, with fonts of its own.
fn form(
    file: &Document,
    operation: &Operation,
    resources: Option<&Dictionary>,
    page: Matrix,
    depth: usize,
    left: &mut Left,
    lines: &mut Vec<Line>,
) {
    let stream = || {
        let name = operation.operands.first()?.as_name().ok()?;
        let forms = resources?.get_deref(b"XObject", file).ok()?.as_dict().ok()?;
        let stream = forms.get_deref(name, file).ok()?.as_stream().ok()?;
        stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form").then_some(stream)
    };
    let Some(stream) = stream() else { return };
    let Ok(content) = stream.get_plain_content_with_limit(STREAM) else { return };
    let own = stream.dict.get_deref(b"Resources", file).and_then(Object::as_dict).ok().or(resources);
    let fonts = own.and_then(|r| r.get_deref(b"Font", file).ok()).and_then(|f| f.as_dict().ok());
    let fonts: Vec<(Vec<u8>, Dictionary, Dictionary)> = fonts
        .map(|fonts| {
            let dict = |o: &Object| file.dereference(o).ok().and_then(|(_, o)| o.as_dict().ok().cloned());
            let all = fonts.iter().filter_map(|(name, o)| Some((name.clone(), dict(o)?)));
            all.map(|(name, d)| (name, d.clone(), fonts::stripped(&d))).collect()
        })
        .unwrap_or_default();
    let matrix = stream.dict.get_deref(b"Matrix", file).and_then(Object::as_array).ok();
    let matrix = matrix.and_then(|m| Matrix::of(&m.iter().filter_map(|o| number(file, o)).collect::<Vec<_>>()));
    let page = matrix.unwrap_or(Matrix::ONE).then(page);
    // Each drawing of a form costs at least this, so that forms full of forms end.
    left.operators = left.operators.saturating_sub(1_000);
    draw(file, &content, &fonts, own, page, depth + 1, left, lines);
}

impl Pen<'_, '_> {
    fn obey(&mut self, file: &Document, operation: &Operation, left: &mut Left, lines: &mut Vec<Line>) {
        let numbers: Vec<f32> = operation.operands.iter().take(6).filter_map(|o| number(file, o)).collect();
        let first = numbers.first().copied().unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if self.stack.len() < 256 => self.stack.push(self.state),
            "Q" => self.state = self.stack.pop().unwrap_or(self.state),
            "cm" => {
                if let Some(matrix) = Matrix::of(&numbers) {
                    self.state.page = matrix.then(self.state.page);
                }
            }
            "BT" => (self.text, self.line) = (Matrix::ONE, Matrix::ONE),
            "Tc" => self.state.letter_gap = first,
            "Tw" => self.state.word_gap = first,
            "Tz" => self.state.stretch = first / 100.0,
            "TL" => self.state.leading = first,
            "Ts" => self.state.rise = first,
            "Td" => self.next_line(&numbers),
            "TD" => {
                self.state.leading = -numbers.get(1).copied().unwrap_or(0.0);
                self.next_line(&numbers);
            }
            "Tm" => {
                if let Some(matrix) = Matrix::of(&numbers) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            "T*" => self.next_line(&[0.0, -self.state.leading]),
            "Tj" => self.show_all(operation.operands.get(..1), file, left, lines),
            "'" => {
                self.next_line(&[0.0, -self.state.leading]);
                self.show_all(operation.operands.get(..1), file, left, lines);
            }
            "\"" => {
                self.state.word_gap = first;
                self.state.letter_gap = numbers.get(1).copied().unwrap_or(0.0);
                self.next_line(&[0.0, -self.state.leading]);
                self.show_all(operation.operands.get(2..3), file, left, lines);
            }
            "TJ" => {
                let parts = operation.operands.first().and_then(|o| o.as_array().ok());
                self.show_all(parts.map(Vec::as_slice), file, left, lines);
            }
            _ => {}
        }
    }

    fn next_line(&mut self, by: &[f32]) {
        if let [x, y] = by {
            self.line = Matrix::moved(*x, *y).then(self.line);
            self.text = self.line;
        }
    }

    /// Strings are drawn, numbers between them move the pen back.
    fn show_all(&mut self, parts: Option<&[Object]>, file: &Document, left: &mut Left, lines: &mut Vec<Line>) {
        for part in parts.unwrap_or_default() {
            if let Object::String(codes, _) = part {
                self.show(codes, left, lines);
            } else if let Some(back) = number(file, part) {
                let x = -back / 1000.0 * self.state.size * self.state.stretch;
                self.text = Matrix::moved(x, 0.0).then(self.text);
            }
        }
    }

    fn show(&mut self, codes: &[u8], left: &mut Left, lines: &mut Vec<Line>) {
        let state = self.state;
        let Some(font) = state.font else { return };
        let (width, count, spaces) = font.width(codes);
        let width =
            (width * state.size + count as f32 * state.letter_gap + spaces as f32 * state.word_gap) * state.stretch;
        let whole = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, state.rise]).then(self.text).then(state.page);
        self.text = Matrix::moved(width, 0.0).then(self.text);
        let [a, b, c, d, x, y] = whole.0;
        let size = (c * c + d * d).sqrt() * state.size.abs();
        let text = font.letters(codes);
        // What stands upright on a page of lying text is a mark on its edge.
        if text.is_empty() || b.abs() > a.abs() || !(x.is_finite() && y.is_finite() && size > 0.0) {
            return;
        }
        left.letters = left.letters.saturating_sub(text.len());
        let run = Line { text, start: x, end: x + width * a.abs(), base: y, size };
        match lines.last_mut() {
            Some(line) if goes_on(line, &run) => append(line, run),
            _ => lines.push(run),
        }
    }
}

/// Whether letters stand behind a line's last ones on the same base.
fn goes_on(line: &Line, run: &Line) -> bool {
    let size = line.size.max(run.size);
    let gap = run.start - line.end;
    (line.base - run.base).abs() < size * 0.45 && gap > -size && gap < size * 3.0
}

fn append(line: &mut Line, run: Line) {
    let gap = run.start - line.end;
    if gap > run.size.min(line.size) * 0.17 && !line.text.ends_with(' ') && !run.text.starts_with(' ') {
        line.text.push(' ');
    }
    if run.text.len() > line.text.len() {
        (line.size, line.base) = (run.size, run.base);
    }
    line.text.push_str(&run.text);
    line.end = run.end.max(line.end);
}
