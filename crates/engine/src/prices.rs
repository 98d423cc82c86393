//! What an answer costs by the prices that its service publishes, where the service itself does not say. It is told as
//! "about": what comes from a cache is cheaper, and a key may belong to another group of customers.

use store::table::message::Usage;
use store::table::model::Model;
use store::{Read, ServiceId};

use crate::models::gpt;

/// Tokens that prices are told for.
const PER: f64 = 1e6;

/// The usage of one request with its cost, as far as that can be known.
pub(crate) fn priced(usage: Option<Usage>, model: Option<&Model>) -> Option<Usage> {
    if usage.as_ref().is_some_and(|usage| usage.cost.is_some()) {
        return usage;
    }
    let told = usage.clone().unwrap_or_default();
    match model.and_then(|model| cost(&told, model)) {
        Some(cost) => Some(Usage { cost: Some(cost), about: true, ..told }),
        None => usage,
    }
}

/// The model of a service, by its name; where nothing is published for it, the row of the list that stands for it and others
/// ("gpt-4-gizmo-*").
pub(crate) fn model(
    read: &Read,
    service: Option<ServiceId>,
    name: &str,
) -> Result<Option<Model>, store::Error> {
    let Some(service) = service else { return Ok(None) };
    let listed = read.models_of(service)?;
    let exact = listed.iter().find(|model| model.name == name);
    let published =
        |model: &&Model| model.price_in.is_some() || model.price_out.is_some() || model.price_call.is_some();
    let stands_for = |row: &&Model| gpt::stem(&row.name).is_some_and(|stem| name.starts_with(stem));
    let row = listed.iter().filter(published).find(stands_for);
    Ok(exact.filter(published).or(row).or(exact).cloned())
}

/// US dollars; none where a part of the price is not published or not counted.
fn cost(usage: &Usage, model: &Model) -> Option<f64> {
    let tokens = match (model.price_in, model.price_out) {
        (None, None) => None,
        (price_in, price_out) => Some(part(usage.tokens_in, price_in)? + part(usage.tokens_out, price_out)?),
    };
    match (tokens, model.price_call) {
        (None, None) => None,
        // Rounded to a trillionth: binary fractions would show as 0.010499999999999999.
        (tokens, call) => {
            Some(((tokens.unwrap_or_default() + call.unwrap_or_default()) * 1e12).round() / 1e12)
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of tokens are far below 2^53")]
fn part(tokens: Option<i64>, price: Option<f64>) -> Option<f64> {
    Some(tokens? as f64 * price? / PER)
}

#[cfg(test)]
mod tests {
    use store::table::model::ModelKind;

    use super::*;

    fn model(price_in: Option<f64>, price_out: Option<f64>, price_call: Option<f64>) -> Model {
        Model {
            service_id: ServiceId::new(),
            name: "m".into(),
            label: "m".into(),
            kind: ModelKind::Chat,
            context: None,
            price_in,
            price_out,
            price_call,
            favourite: false,
            typed_in: false,
        }
    }

    fn counted(tokens_in: i64, tokens_out: i64) -> Usage {
        Usage { tokens_in: Some(tokens_in), tokens_out: Some(tokens_out), ..Usage::default() }
    }

    #[test]
    fn tokens_are_priced_by_the_million() {
        let priced = priced(Some(counted(1_000, 500)), Some(&model(Some(3.0), Some(15.0), None))).unwrap();
        assert_eq!(
            (priced.cost, priced.about),
            (Some(0.0105), true),
            "three tenths of a cent and three quarters"
        );
    }

    #[test]
    fn a_call_has_a_price_whether_tokens_were_counted_or_not() {
        let by_call = model(None, None, Some(0.1));
        assert_eq!(priced(None, Some(&by_call)).unwrap().cost, Some(0.1));
        let both = model(Some(1.0), Some(1.0), Some(0.5));
        assert_eq!(
            priced(Some(counted(1_000_000, 0)), Some(&both)).unwrap().cost,
            Some(1.5),
            "both are charged"
        );
    }

    #[test]
    fn what_the_service_says_stands() {
        let told = Some(Usage { cost: Some(0.25), ..counted(10, 10) });
        assert_eq!(priced(told.clone(), Some(&model(Some(3.0), Some(15.0), None))), told);
    }

    #[test]
    fn nothing_is_guessed() {
        assert_eq!(priced(Some(counted(10, 10)), None), Some(counted(10, 10)), "a model that is not listed");
        let half = model(Some(3.0), None, None);
        assert_eq!(
            priced(Some(counted(10, 10)), Some(&half)),
            Some(counted(10, 10)),
            "what answers cost is not published"
        );
        assert_eq!(priced(None, Some(&model(Some(3.0), Some(15.0), None))), None, "nothing was counted");
        let free = priced(Some(counted(10, 10)), Some(&model(Some(0.0), Some(0.0), None))).unwrap();
        assert_eq!(free.cost, Some(0.0), "free is a price");
    }
}
