//! The socket: connections with limits, until it is told to end.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};

use crate::access::Address;
use crate::house::House;
use crate::site::Site;
use crate::{Fault, desk};

/// Where it listens unless something else is said.
pub const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 7878);

/// Connections at once, how long one may take to say what it wants, how long it may last, and how long pages that are being made
/// are waited for at the end.
const CONNECTIONS: usize = 256;
const HEAD: Duration = Duration::from_secs(10);
const LASTS: Duration = Duration::from_secs(10 * 60);
const FAREWELL: Duration = Duration::from_secs(5);

/// How pages are served.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// Address and port.
    pub listen: SocketAddr,
    /// Further names under which it is reached, without the port: those of a proxy before it.
    pub hosts: Vec<String>,
    /// Whether whoever asks must log in.
    pub needs_login: bool,
    /// Whether cookies go over connections that are not encrypted.
    pub is_plain_http: bool,
    /// Who decides where nobody need log in.
    pub user: String,
}

impl Config {
    /// Listens there. On an address that others reach, everybody must log in.
    pub fn new(listen: SocketAddr) -> Self {
        let needs_login = !listen.ip().is_loopback();
        Self { listen, hosts: Vec::new(), needs_login, is_plain_http: false, user: String::new() }
    }
}

/// A server that listens, and answers once it runs.
pub struct Server {
    listener: std::net::TcpListener,
    router: Router,
    address: SocketAddr,
    desk: Arc<desk::Desk>,
}

impl Server {
    /// Begins to listen.
    ///
    /// # Errors
    /// Where the address is taken or not ours, or where users must log in and there are none.
    pub fn bind(house: Arc<dyn House>, config: Config) -> Result<Self, Fault> {
        if config.needs_login && house.users()?.is_empty() {
            let why =
                "nobody could log in: there are no users yet. Add one with `rapporteur user add NAME --role reviewer`";
            return Err(Fault::refused(why));
        }
        if !config.listen.ip().is_loopback() && !config.needs_login {
            return Err(Fault::refused("pages that others can reach need users who log in"));
        }
        let listen = config.listen;
        let failed = |e: std::io::Error| {
            Fault::failed(format!("failed to listen on {listen}: {e}; `--listen ADDRESS:PORT` takes another"))
        };
        let listener = std::net::TcpListener::bind(listen).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let site = Arc::new(Site::new(house, config)?);
        let router = site.router();
        Ok(Self { listener, router, address, desk: site.desk.clone() })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stopped` returns, which is waited for on a thread of its own. What is being answered then is ended first.
    ///
    /// # Errors
    /// Where the system gives no threads or sockets.
    pub fn run(self, stopped: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
        let failed = |e: std::io::Error| Fault::failed(format!("failed to serve: {e}"));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_io()
            .enable_time()
            .build()
            .map_err(failed)?;
        let (tell, told) = oneshot::channel();
        std::thread::spawn(move || {
            stopped();
            // where nobody listens any more it has ended already
            let _ = tell.send(());
        });
        // the first page need not wait for what can be begun now
        let desk = self.desk.clone();
        std::thread::spawn(move || drop(desk.lay(None)));
        let done = runtime.block_on(accept(self.listener, self.router, told));
        runtime.shutdown_timeout(FAREWELL);
        done.map_err(failed)
    }
}

async fn accept(
    listener: std::net::TcpListener,
    router: Router,
    mut told: oneshot::Receiver<()>,
) -> std::io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = room.clone().acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut told => break,
        };
        let Ok((stream, from)) = accepted else {
            // too many files are open, or the caller has gone: others may come
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone().layer(axum::Extension(Address(from.ip()))));
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_headers(100).max_buf_size(64 * 1024);
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            let _place = place;
            // a connection that breaks is the browser's business
            let _ = tokio::time::timeout(LASTS, connection).await;
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(FAREWELL) => {}
    }
    Ok(())
}
