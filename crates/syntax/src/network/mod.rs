//! The neural network: weights as Thinc stores them, and the layers that spaCy's English pipelines are made of.

mod gemm;
mod store;
mod tok2vec;
mod transition;

pub(crate) use gemm::Weights;
pub(crate) use store::load;
pub(crate) use tok2vec::{PAD, Tok2Vec, Work};
pub(crate) use transition::Scorer;
