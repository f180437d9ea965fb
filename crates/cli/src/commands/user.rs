//! `rapporteur user`: who may log in where the dossier folder is served.

use std::io::{BufRead, IsTerminal, Write};

use rapporteur_web::access::{Role, User};

use crate::args::{User as Typed, UserStep, WebRole};
use crate::status::{Done, Usage};
use crate::{folder, house};

/// Adds, removes or lists.
pub(crate) fn run(typed: &Typed) -> anyhow::Result<Done> {
    let place = folder::place()?;
    let mut users = house::users(&place)?;
    let mut out = std::io::stdout().lock();
    match &typed.step {
        UserStep::Add { name, role } => {
            let role = match role {
                WebRole::Reader => Role::Reader,
                WebRole::Reviewer => Role::Reviewer,
            };
            let user = User::new(name, role, &password()?).map_err(|fault| Usage(fault.to_string()))?;
            let words = format!("{} is a {}", user.name, role.as_str());
            users.retain(|u| u.name != user.name);
            users.push(user);
            house::keep_users(&place, &users)?;
            writeln!(out, "{words}")?;
        }
        UserStep::Remove { name } => {
            let before = users.len();
            users.retain(|u| u.name != name.trim());
            if users.len() == before {
                return Err(Usage(format!("there is no user `{name}`: `rapporteur user list` has all")).into());
            }
            house::keep_users(&place, &users)?;
            writeln!(out, "{} may not log in any more", name.trim())?;
        }
        UserStep::List => users.iter().try_for_each(|u| writeln!(out, "{}  {}", u.name, u.role.as_str()))?,
    }
    Ok(Done::All)
}

/// The password: typed twice without being shown, or one line of standard input.
fn password() -> anyhow::Result<String> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_string());
    }
    let first = rpassword::prompt_password("Password: ")?;
    if rpassword::prompt_password("Again: ")? != first {
        return Err(Usage("the two are not the same: nothing is kept".to_string()).into());
    }
    Ok(first)
}
