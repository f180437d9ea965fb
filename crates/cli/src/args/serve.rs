//! `serve` and `user`.

use clap::{Args as Group, Subcommand, ValueEnum};

/// `serve`
#[derive(Debug, Group)]
pub(crate) struct Serve {
    /// Address and port; on another address than this machine's own, everybody must log in (`rapporteur user add`). Port 0
    /// takes a free one, which is printed
    #[arg(long, value_name = "ADDR:PORT", default_value_t = rapporteur_web::LISTEN)]
    pub(crate) listen: std::net::SocketAddr,
    /// A further name under which it is reached, without the port, such as that of a proxy which does TLS
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
    /// Everybody must log in, on this machine too: for a proxy before it
    #[arg(long)]
    pub(crate) login: bool,
    /// Send sessions over connections that are not encrypted: only in a network you trust. Else a proxy must do TLS
    #[arg(long)]
    pub(crate) plain_http: bool,
    /// Who decides where nobody need log in [default: the name of the user]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
}

/// `user`
#[derive(Debug, Group)]
pub(crate) struct User {
    #[command(subcommand)]
    pub(crate) step: UserStep,
}

/// What is done with users.
#[derive(Debug, Subcommand)]
pub(crate) enum UserStep {
    /// Add a user, or give one another password or role. The password is asked for, or read from standard input as one line
    Add {
        /// The name, as it is to stand in the log
        name: String,
        /// Whether he or she may decide
        #[arg(long, value_enum, default_value_t = WebRole::Reader)]
        role: WebRole,
    },
    /// Remove a user: his or her session ends, what was decided stays
    Remove {
        /// The name
        name: String,
    },
    /// List users with their roles
    List,
}

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WebRole {
    /// See everything
    Reader,
    /// Decide as well
    Reviewer,
}
