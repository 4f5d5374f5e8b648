//! The registry: every check, in the order in which the lines are shown.
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method of a type with a lifetime is no function for every lifetime"
)]

use crate::Says;
use crate::case::{Case, Status};
use asking::Item;
use catalogue::{May, Text};

/// A small pure check: when it has something to say, what it says, and its sentence.
pub struct Check {
    /// Its name for ever; it stands in logs and tests.
    pub slug: &'static str,
    /// What it says.
    pub says: Says,
    pub(crate) when: fn(&Case<'_>) -> bool,
    pub(crate) text: Text,
}

const fn check(
    slug: &'static str,
    says: Says,
    when: fn(&Case<'_>) -> bool,
    en: &'static str,
    fr: &'static str,
) -> Check {
    Check {
        slug,
        says,
        when,
        text: Text { en, fr },
    }
}

/// Every check, in order: the wish itself, the status, what the code asks for, then the voltage, the
/// load and the rest after trips.
pub const CHECKS: &[Check] = {
    use Says::{No, Pass, Wants};
    &[
        check(
            "refused",
            No,
            |case| case.is_refused(),
            "{refused}",
            "{refused}",
        ),
        check(
            "cannot-close",
            Pass,
            |case| !case.closes() && !case.is_refused(),
            "It cannot close the relay: nothing has to be known first.",
            "Cela ne peut pas fermer le relais\u{a0}: rien n'est à savoir d'abord.",
        ),
        // the status
        check(
            "status-unknown",
            Wants(Item::OperatingStatus),
            |case| matches!(case.status(), Some(Status::Unheard)),
            "The operating status is not known: it is read first.",
            "L'état de fonctionnement n'est pas connu\u{a0}: il est lu d'abord.",
        ),
        check(
            "status-old",
            Wants(Item::OperatingStatus),
            |case| matches!(case.status(), Some(Status::Old)),
            "The operating status is {age} minutes old and may be {fresh}: it is read again first.",
            "L'état de fonctionnement date de {age} minutes, pour {fresh} permises\u{a0}: il est relu d'abord.",
        ),
        check(
            "two-families",
            No,
            |case| matches!(case.status(), Some(Status::TwoFamilies)),
            "Two families of numbers list {number}: the AMI admin confirms status_family first, or somebody reads 87 at the keypad.",
            "Deux familles de numéros connaissent {number}\u{a0}: l'administrateur AMI confirme d'abord status_family, ou quelqu'un lit 87 au clavier.",
        ),
        check(
            "unlisted",
            No,
            |case| matches!(case.status(), Some(Status::Unlisted)),
            "Nobody listed {number}, and no relay is closed on a status that nobody can explain: send the raw answer to the AMI admin.",
            "{number} n'est dans aucune liste, et on ne ferme pas un relais sur un état que personne n'explique\u{a0}: envoyez la réponse brute à l'administrateur AMI.",
        ),
        // what the code says
        check(
            "code-passes",
            Pass,
            |case| case.may(May::Yes),
            "{why}",
            "{why}",
        ),
        check(
            "code-forbids",
            No,
            |case| case.may(May::No) && !case.is_excepted(),
            "{why}",
            "{why}",
        ),
        check(
            "code-excepts",
            Pass,
            |case| case.may(May::No) && case.is_excepted(),
            "{why}",
            "{why}",
        ),
        check(
            "finding-recorded",
            Pass,
            |case| case.may(May::Finding) && case.finding() == Some(true),
            "{why} The finding is recorded.",
            "{why} Le constat est enregistré.",
        ),
        check(
            "finding-old",
            No,
            |case| case.may(May::Finding) && case.finding() == Some(false),
            "{why} The finding is {days} days old: record what is found now.",
            "{why} Le constat date de {days} jours\u{a0}: enregistrez ce qui est constaté maintenant.",
        ),
        check(
            "finding-missing",
            No,
            |case| case.may(May::Finding) && case.finding().is_none(),
            "{why} Record what was found at the meter, then ask again.",
            "{why} Enregistrez le constat fait au compteur, puis redemandez.",
        ),
        check(
            "released",
            Pass,
            |case| case.may(May::Release) && case.is_released(),
            "{why} It has released it.",
            "{why} Elle a donné son accord.",
        ),
        check(
            "not-released",
            No,
            |case| case.may(May::Release) && !case.is_released(),
            "{why} Report it there and wait for the release; nobody is confronted.",
            "{why} Rendez-lui compte et attendez son accord\u{a0}; personne n'est confronté.",
        ),
        check(
            "order-ours",
            Pass,
            |case| case.may(May::Order) && case.order_is_ours(),
            "{why} It was ours.",
            "{why} C'était le nôtre.",
        ),
        check(
            "order-told",
            Pass,
            |case| case.may(May::Order) && !case.order_is_ours() && case.order_is_told(),
            "{why} The requester states that he knows.",
            "{why} Le demandeur déclare le savoir.",
        ),
        check(
            "order-unknown",
            No,
            |case| case.may(May::Order) && !case.order_is_ours() && !case.order_is_told(),
            "{why} Find out who and why, then ask for a reconnect that states it.",
            "{why} Trouvez qui et pourquoi, puis demandez une reconnexion qui le déclare.",
        ),
        // commissioning
        check(
            "covers-closed",
            Pass,
            |case| case.commissions() && case.covers_closed() == Some(true),
            "All covers are closed.",
            "Tous les couvercles sont fermés.",
        ),
        check(
            "covers-open",
            No,
            |case| case.commissions() && case.covers_closed() == Some(false),
            "A cover is open, and tamper detection starts with commissioning: have it closed first.",
            "Un couvercle est ouvert, et la détection de fraude commence à la mise en service\u{a0}: faites-le fermer d'abord.",
        ),
        check(
            "covers-unknown",
            No,
            |case| case.commissions() && case.covers_closed().is_none(),
            "Nobody has confirmed that the covers are closed, and tamper detection starts with commissioning: have somebody look and record it.",
            "Personne n'a confirmé que les couvercles sont fermés, et la détection de fraude commence à la mise en service\u{a0}: faites vérifier et enregistrez-le.",
        ),
        // the voltage
        check(
            "voltage-unknown",
            Wants(Item::Voltage),
            |case| case.may(May::Voltage) && case.voltage_is_sane().is_none(),
            "No fresh voltage is known: it is read first.",
            "Aucune tension récente n'est connue\u{a0}: elle est lue d'abord.",
        ),
        check(
            "voltage-outside",
            No,
            |case| case.is_listed() && case.voltage_is_sane() == Some(false),
            "The voltage is {volts}, outside {least} to {greatest}: have the supply mended, then read it again.",
            "La tension est de {volts}, hors de {least} à {greatest}\u{a0}: faites rétablir l'alimentation, puis relisez-la.",
        ),
        check(
            "voltage-of-one-phase",
            Pass,
            |case| {
                case.may(May::Voltage)
                    && case.voltage_is_sane() == Some(true)
                    && case.three_phases()
            },
            "The voltage of phase A is {volts}, in order; the other two phases cannot be read from here.",
            "La tension de la phase A est de {volts}, correcte\u{a0}; les deux autres ne se lisent pas d'ici.",
        ),
        check(
            "voltage-sane",
            Pass,
            |case| {
                case.may(May::Voltage)
                    && case.voltage_is_sane() == Some(true)
                    && !case.three_phases()
            },
            "The voltage is {volts}, in order.",
            "La tension est de {volts}, correcte.",
        ),
        // the load
        check(
            "load-unknown",
            No,
            |case| case.is_load() && case.before().is_none(),
            "The load before the trip is not known, and 31 is 0 while the relay is open: find it in the hourly data or ask the customer what was on, and record it.",
            "La charge avant le déclenchement n'est pas connue, et 31 vaut 0 tant que le relais est ouvert\u{a0}: cherchez-la dans les données horaires ou demandez au client, et enregistrez-la.",
        ),
        check(
            "limit-unknown",
            Wants(Item::LoadLimit),
            |case| case.is_load() && case.before().is_some() && case.limit().is_none(),
            "The load limit is not known: it is read first.",
            "La limite de charge n'est pas connue\u{a0}: elle est lue d'abord.",
        ),
        check(
            "load-above-limit",
            No,
            |case| case.is_load() && case.load_fits() == Some(false),
            "Before the trip the home drew {before}, not below its limit of {limit}: have loads switched off and record the new load, or raise the limit.",
            "Avant le déclenchement, le logement prenait {before}, pas moins que sa limite de {limit}\u{a0}: faites couper des appareils et enregistrez la nouvelle charge, ou relevez la limite.",
        ),
        check(
            "load-below-limit",
            Pass,
            |case| case.is_load() && case.load_fits() == Some(true),
            "Before the trip the home drew {before}, below its limit of {limit}.",
            "Avant le déclenchement, le logement prenait {before}, moins que sa limite de {limit}.",
        ),
        // rest after trips; where nobody knows the trips, nothing is said
        check(
            "trips-rest",
            No,
            |case| case.trips_often() && case.has_rested() == Some(false),
            "It tripped {trips} times in a day: wait until {rest} minutes have passed since the last trip, and call the customer.",
            "Il a déclenché {trips} fois en un jour\u{a0}: attendez que {rest} minutes soient passées depuis le dernier, et appelez le client.",
        ),
        check(
            "trips-time-unknown",
            No,
            |case| case.trips_often() && case.has_rested().is_none(),
            "It tripped {trips} times in a day and nobody knows when last: have 47 read at the keypad, and wait until {rest} minutes have passed.",
            "Il a déclenché {trips} fois en un jour et on ignore quand\u{a0}: faites lire 47 au clavier, et attendez que {rest} minutes soient passées.",
        ),
        check(
            "trips-rested",
            Pass,
            |case| case.trips_often() && case.has_rested() == Some(true),
            "It tripped {trips} times in a day, and has rested for {rest} minutes since.",
            "Il a déclenché {trips} fois en un jour, et s'est reposé {rest} minutes depuis.",
        ),
    ]
};
