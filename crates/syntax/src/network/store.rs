//! Weights as Thinc stores them: a MessagePack map of parallel lists, one entry a layer in breadth-first order.

use crate::msgpack::Value;
use crate::vectors::floats;
use crate::{Error, Package};

/// A table of numbers in row-major order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

/// A layer.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// Seed of a hash embedding.
    pub(crate) seed: u32,
    /// Column of the features a hash embedding takes.
    pub(crate) column: usize,
    /// Features an extracting layer gives.
    pub(crate) columns: Vec<String>,
    params: Vec<(String, Array)>,
}

impl Node {
    /// Takes a table of this many dimensions out of the layer.
    pub(crate) fn take(&mut self, name: &str, dimensions: usize) -> Result<Array, String> {
        let at = self.params.iter().position(|(key, _)| key == name);
        let Some(at) = at else { return Err(format!("layer `{}` has no `{name}`", self.name)) };
        let array = self.params.swap_remove(at).1;
        if array.shape.len() != dimensions {
            let found = array.shape.len();
            return Err(format!("`{name}` of layer `{}` has {found} dimensions, expected {dimensions}", self.name));
        }
        Ok(array)
    }
}

/// Reads the layers of a model file.
pub(crate) fn load(package: &Package, file: &str) -> Result<Vec<Node>, Error> {
    nodes(package.need(file)?).map_err(|what| Error::damaged(file, what))
}

fn nodes(bytes: &[u8]) -> Result<Vec<Node>, String> {
    let model = Value::read(bytes)?;
    let list =
        |name: &str| model.get(name).and_then(Value::array).ok_or_else(|| format!("there is no list of `{name}`"));
    let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
    if attrs.len() != nodes.len() || params.len() != nodes.len() {
        return Err(format!("it has {} layers, {} attributes, {} weights", nodes.len(), attrs.len(), params.len()));
    }
    nodes.iter().zip(attrs).zip(params).map(|((node, attrs), params)| read_node(node, attrs, params)).collect()
}

fn read_node(node: &Value<'_>, attrs: &Value<'_>, params: &Value<'_>) -> Result<Node, String> {
    let name = node.get("name").and_then(Value::text).ok_or("a layer has no name")?;
    // Attribute values are MessagePack inside MessagePack.
    let attribute = |key: &str| attrs.get(key).and_then(Value::bytes).and_then(|bytes| Value::read(bytes).ok());
    let number = |key: &str| attribute(key).and_then(|value| value.uint()).unwrap_or(0);
    let columns = attribute("columns").map(|value| {
        value.array().unwrap_or_default().iter().map(|name| name.text().unwrap_or_default().to_owned()).collect()
    });
    let mut arrays = Vec::new();
    for (key, value) in params.map().unwrap_or_default() {
        if value.map().is_some() {
            let key = key.text().ok_or("a weight has no name")?;
            arrays.push((key.to_owned(), array(value).map_err(|what| format!("weight `{key}` of `{name}`: {what}"))?));
        }
    }
    Ok(Node {
        name: name.to_owned(),
        seed: number("seed") as u32,
        column: number("column") as usize,
        columns: columns.unwrap_or_default(),
        params: arrays,
    })
}

fn array(value: &Value<'_>) -> Result<Array, String> {
    let kind = value.get("type").and_then(Value::text).unwrap_or_default();
    if kind != "<f4" {
        return Err(format!("expected 32-bit floats, found `{kind}`"));
    }
    let shape = value.get("shape").and_then(Value::array).ok_or("it has no shape")?;
    let shape: Vec<usize> =
        shape.iter().map(|n| n.uint().map(|n| n as usize)).collect::<Option<_>>().ok_or("its shape is malformed")?;
    let data = value.get("data").and_then(Value::bytes).ok_or("it has no data")?;
    let need = shape.iter().try_fold(4usize, |size, &n| size.checked_mul(n)).ok_or("its shape is out of range")?;
    if data.len() != need {
        return Err(format!("expected {need} bytes, found {}", data.len()));
    }
    Ok(Array { shape, data: floats(data) })
}
