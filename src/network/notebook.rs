use super::{Finding, Outcome};
use crate::availability::{Answer, Archive, Availability, Failure, Visit};
use jiff::civil::Date;

/// What is known of the addresses, with what was found today.
///
/// Where no host at all can be reached, it is this machine that has no network: then nothing is noted, so that a day on a
/// train does not undo what was known. What is found before the first host replies is held back until one does.
#[derive(Debug)]
pub struct Notebook {
    availability: Availability,
    today: Date,
    held: Vec<Finding>,
    has_network: bool,
}

impl Notebook {
    /// A notebook that begins with what is known.
    pub fn new(availability: Availability, today: Date) -> Self {
        Self { availability, today, held: Vec::new(), has_network: false }
    }

    /// Notes what was found. What was not asked leaves no trace.
    pub fn note(&mut self, finding: Finding) {
        self.has_network |= finding.is_from_the_network();
        if self.has_network {
            std::mem::take(&mut self.held).into_iter().for_each(|held| self.enter(&held));
            self.enter(&finding);
        } else {
            self.held.push(finding);
        }
    }

    /// What is known by now.
    pub fn availability(&self) -> &Availability {
        &self.availability
    }

    /// Whether hosts were asked and none could be reached.
    pub fn is_cut_off(&self) -> bool {
        self.held.iter().any(|held| !matches!(held.outcome, Outcome::NotAsked(_)))
    }

    fn enter(&mut self, finding: &Finding) {
        let Finding { url, outcome } = finding;
        match outcome {
            Outcome::Answered { answer, .. } => {
                self.availability.answered(url, Visit { asked: self.today, answer: answer.clone() });
            }
            Outcome::LookedUp(copy) => {
                let archive = copy.clone().map_or(Archive::Nothing { asked: self.today }, Archive::Copy);
                self.availability.looked_up(url, archive);
            }
            Outcome::ArchiveSilent | Outcome::NotAsked(_) => {}
        }
    }
}

impl Finding {
    /// Whether some host must have replied for this to be found.
    fn is_from_the_network(&self) -> bool {
        match &self.outcome {
            Outcome::Answered { answer: Answer::Unreachable(failure), .. } => {
                !matches!(failure, Failure::NoSuchHost | Failure::NoConnection | Failure::TimeOut)
            }
            Outcome::Answered { .. } | Outcome::LookedUp(_) => true,
            Outcome::ArchiveSilent | Outcome::NotAsked(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NotAsked;

    fn answered(name: &str, answer: Answer) -> Finding {
        Finding {
            url: format!("https://{name}.example/"),
            outcome: Outcome::Answered { answer, shown_at: None },
        }
    }

    fn noted(notebook: &Notebook) -> Vec<&str> {
        notebook.availability().iter().map(|(url, _)| url).collect()
    }

    #[test]
    fn a_machine_without_a_network_spoils_nothing() {
        let mut notebook = Notebook::new(Availability::default(), "2026-11-20".parse().unwrap());
        assert!(!notebook.is_cut_off());
        notebook.note(Finding { url: "x".into(), outcome: Outcome::NotAsked(NotAsked::NotWeb) });
        assert!(!notebook.is_cut_off());
        notebook.note(answered("b", Answer::Unreachable(Failure::NoSuchHost)));
        assert!(notebook.is_cut_off());
        assert_eq!(noted(&notebook), [""; 0]);

        notebook.note(answered("a", Answer::of(404, None)));
        assert!(!notebook.is_cut_off());
        assert_eq!(noted(&notebook), ["https://a.example/", "https://b.example/"]);
        notebook.note(answered("c", Answer::Unreachable(Failure::TimeOut)));
        assert_eq!(notebook.availability().iter().count(), 3);
    }

    #[test]
    fn what_the_archive_said_is_noted_beside_what_the_page_did() {
        let mut notebook = Notebook::new(Availability::default(), "2026-11-20".parse().unwrap());
        notebook.note(answered("a", Answer::of(200, None)));
        for outcome in [Outcome::LookedUp(None), Outcome::ArchiveSilent] {
            notebook.note(Finding { url: "https://a.example/".into(), outcome });
        }
        let known: Vec<String> = notebook.availability().iter().map(|(_, known)| known.to_string()).collect();
        assert_eq!(known, ["asked = 2026-11-20\nstatus = 200\nnot_archived = 2026-11-20\n"]);
    }
}
