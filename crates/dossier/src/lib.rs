//! Who and what is meant? Parties, people and issues: resolved from a dossier file, or discovered.
