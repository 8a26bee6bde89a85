//! Addresses that are not the whole world's: a brief can't make the machine that checks it knock at them.

use super::server::{always, findings, manners, pages, reply, told};
use depeche::network::{Manners, PrivateHosts};

const PRIVATE: &str = "was not asked: it leads into a private network";

#[test]
fn what_stands_in_a_private_network_is_not_connected_to() {
    let server = always(reply(200, ""));
    let port = server.host.rsplit_once(':').unwrap().1;
    let manners = manners(&[]);
    for host in ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        assert_eq!(told(&format!("http://{host}:{port}/"), &manners), PRIVATE);
    }
    for host in ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]", "[fe80::1]"] {
        assert_eq!(told(&format!("http://{host}/latest/meta-data"), &manners), PRIVATE);
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn a_redirection_does_not_lead_there_either() {
    let secret = always(reply(200, ""));
    let outside = always(reply(302, &format!("Location: {}\r\n", secret.url("/secret"))));
    assert_eq!(told(&outside.url("/"), &manners(&[&outside])), PRIVATE);
    assert_eq!((outside.lines().len(), secret.lines().len()), (1, 0));
}

#[test]
fn a_host_is_allowed_by_its_name_and_its_port() {
    let server = always(reply(200, ""));
    let url = server.url("/");
    let named = url.replace("127.0.0.1", "localhost");
    assert_eq!(told(&url, &manners(&[&server])), "is there");
    assert_eq!(told(&named, &manners(&[&server])), PRIVATE);
    let all = Manners { private_hosts: PrivateHosts::All, ..manners(&[]) };
    assert_eq!(findings(pages([url, named]), &all).len(), 2);
    assert_eq!(server.lines().len(), 3);
}
