//! `rapporteur serve`: the dossier folder as pages and as data.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use rapporteur_web::{Config, Server};

use super::review::author;
use crate::args::Serve;
use crate::house::FolderHouse;
use crate::status::{Done, Usage};
use crate::{folder, interrupt};

/// Serves until Ctrl-C.
pub(crate) fn run(typed: &Serve) -> anyhow::Result<Done> {
    let place = folder::place()?;
    // what is wrong with the folder is said now, and not on the first page
    let outdated = folder::open_to_read()?.outdated()?;
    if outdated > 0 {
        anstream::eprintln!("note: pages show what was read then");
    }
    let mut config = Config::new(typed.listen);
    config.hosts.clone_from(&typed.hosts);
    config.needs_login |= typed.login;
    if !config.needs_login {
        config.user = author(typed.by.as_deref())?;
    }
    config.is_plain_http = typed.plain_http;
    if config.needs_login && !config.is_plain_http && !typed.listen.ip().is_loopback() {
        anstream::eprintln!(
            "note: sessions are only kept over https: let a proxy do TLS and name it with `--host`, or, in a network you trust, \
             give `--plain-http`"
        );
    }
    let server = Server::bind(Arc::new(FolderHouse::new(place)), config).map_err(|fault| Usage(fault.to_string()))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "http://{}", server.address())?;
    out.flush()?;
    drop(out);
    let stop = interrupt::watch("ending: pages that are being made are finished first");
    server
        .run(move || while !stop.wait(Duration::from_secs(3600)) {})
        .map_err(|fault| anyhow::anyhow!(fault.to_string()))?;
    Ok(Done::All)
}
