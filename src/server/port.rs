//! The door: a port of this machine.

use super::{At, FIRST_PORT};
use anyhow::{Context, bail};
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};

/// How many ports are tried in turn before the system chooses one.
const TRIED: u16 = 20;

/// Listens at the port that was asked for, or else at the first that is free.
///
/// # Errors
///
/// When the port is taken or may not be used, or the machine has no such address.
pub(super) fn listen(at: At) -> anyhow::Result<TcpListener> {
    if let Some(port) = at.port {
        return bind(SocketAddr::new(at.address, port)).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow::anyhow!(
                "port {port} is taken: end the program that has it, or name another with `--port`"
            ),
            ErrorKind::PermissionDenied => {
                anyhow::anyhow!("port {port} may not be used by you: name one from 1024 with `--port`")
            }
            _ => anyhow::Error::new(error).context(format!("can't listen at {} port {port}", at.address)),
        });
    }
    for port in (FIRST_PORT..FIRST_PORT + TRIED).chain([0]) {
        match bind(SocketAddr::new(at.address, port)) {
            Err(error) if matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied) => {}
            other => return other.with_context(|| format!("can't listen at {}", at.address)),
        }
    }
    bail!("no port of {} is free: name one with `--port`", at.address)
}

#[expect(clippy::disallowed_methods, reason = "the one door")]
fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_port_that_is_taken_is_told_where_it_was_asked_for_and_passed_over_where_not() {
        let address = Ipv4Addr::LOCALHOST.into();
        let first = listen(At { address, port: None }).unwrap();
        let second = listen(At { address, port: None }).unwrap();
        let port = first.local_addr().unwrap().port();
        assert_ne!(port, second.local_addr().unwrap().port());
        let refusal = listen(At { address, port: Some(port) }).unwrap_err().to_string();
        assert!(refusal.starts_with(&format!("port {port} is taken")), "{refusal}");
    }

    #[test]
    fn the_system_chooses_where_it_is_asked_to() {
        let listener = listen(At { address: Ipv4Addr::LOCALHOST.into(), port: Some(0) }).unwrap();
        assert_ne!(listener.local_addr().unwrap().port(), 0);
    }
}
