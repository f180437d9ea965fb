//! How does a person or a program get it? Brief, tables and exports.
