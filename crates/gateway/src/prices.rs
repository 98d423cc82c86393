//! What models cost, where a service publishes it beside its list: new-api's `/api/pricing` or `/api/ratio_config`,
//! LiteLLM's `/model/info`. It never guesses: what is not published stays unknown.

use std::collections::HashMap;

use serde_json::Value;

use crate::client::Client;
use crate::{Endpoint, Family, ModelList, json};

/// Ratio 1 is this many US dollars per million tokens, at every server of this kind.
const DOLLARS_PER_RATIO: f64 = 2.0;

/// What one model costs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Price {
    /// US dollars per million tokens read.
    pub(crate) tokens_in: Option<f64>,
    /// US dollars per million tokens written.
    pub(crate) tokens_out: Option<f64>,
    /// US dollars per call, whatever its length.
    pub(crate) call: Option<f64>,
}

/// Prices by the name of the model.
pub(crate) type Prices = HashMap<String, Price>;

/// Fills in what the service publishes elsewhere. Silent where nothing is offered; prices that stand in the list stay.
pub(crate) async fn fill(client: &Client, at: &Endpoint, family: &Family, list: &mut ModelList) {
    let prices = fetch(client, at, family.as_str()).await;
    for model in &mut list.models {
        let Some(price) = prices.get(&model.id) else { continue };
        model.price_in = model.price_in.or(price.tokens_in);
        model.price_out = model.price_out.or(price.tokens_out);
        model.price_call = model.price_call.or(price.call);
    }
}

async fn fetch(client: &Client, at: &Endpoint, family: &str) -> Prices {
    let (root, host) = (at.root.as_str(), at.root.host_root());
    let ways: &[(String, fn(&Value) -> Prices)] = match family {
        "new-api" => {
            &[(format!("{host}/api/pricing"), pricing), (format!("{host}/api/ratio_config"), ratio_config)]
        }
        "litellm" => {
            &[(format!("{root}/model/info"), model_info), (format!("{host}/model/info"), model_info)]
        }
        _ => &[],
    };
    for (url, read) in ways {
        // A service that refuses or breaks here publishes nothing that we can read; the list itself is not in doubt.
        if let Ok(answer) = client.probe(at, url).await {
            let prices = read(&answer);
            if !prices.is_empty() {
                return prices;
            }
        }
    }
    Prices::new()
}

/// new-api's list: a row for each model, and a factor for each group of customers.
fn pricing(answer: &Value) -> Prices {
    let groups = Groups::of(answer);
    json::list(answer, "data").iter().filter_map(|row| priced(row, &groups)).collect()
}

fn priced(row: &Value, groups: &Groups) -> Option<(String, Price)> {
    let name = json::text(row, &["model_name"])?.to_owned();
    // Prices that depend on the request are no price of a model.
    if json::text(row, &["billing_expr"]).is_some() {
        return None;
    }
    let number = |key: &str| row.get(key).and_then(json::number).filter(|number| *number >= 0.0);
    let factor = groups.factor(row);
    let by_call = row.get("quota_type").and_then(json::whole) == Some(1);
    let price = if by_call {
        Price { call: number("model_price").map(|price| rounded(price * factor)), ..Price::default() }
    } else {
        by_ratio(number("model_ratio")? * factor, number("completion_ratio"))
    };
    Some((name, price))
}

/// The bare ratios that some owners publish: no groups, so the price is that of the group `default`.
fn ratio_config(answer: &Value) -> Prices {
    let table = |key: &str| json::at(answer, &["data", key]).and_then(Value::as_object);
    let number = |key: &str, name: &str| table(key).and_then(|table| json::number(table.get(name)?));
    let by_tokens = table("model_ratio").into_iter().flatten().filter_map(|(name, ratio)| {
        Some((name.clone(), by_ratio(json::number(ratio)?, number("completion_ratio", name))))
    });
    let by_call = table("model_price").into_iter().flatten().filter_map(|(name, price)| {
        Some((name.clone(), Price { call: Some(rounded(json::number(price)?)), ..Price::default() }))
    });
    // Where both are told, the server charges by call.
    by_tokens.chain(by_call).collect()
}

fn by_ratio(ratio: f64, completion: Option<f64>) -> Price {
    let tokens_in = ratio * DOLLARS_PER_RATIO;
    Price {
        tokens_in: Some(rounded(tokens_in)),
        tokens_out: completion.map(|times| rounded(tokens_in * times)),
        call: None,
    }
}

fn model_info(answer: &Value) -> Prices {
    let rows = json::list(answer, "data").iter();
    rows.filter_map(|row| {
        let name = json::text(row, &["model_name"])?.to_owned();
        let number = |key: &str| json::number(json::at(row, &["model_info", key])?);
        let price = Price {
            tokens_in: number("input_cost_per_token").map(|price| rounded(price * 1e6)),
            tokens_out: number("output_cost_per_token").map(|price| rounded(price * 1e6)),
            call: None,
        };
        (price != Price::default()).then_some((name, price))
    })
    .collect()
}

/// The groups of customers that a service knows, and the factor that each pays.
struct Groups<'a> {
    factors: Vec<(&'a str, f64)>,
    /// Those that anybody may use; empty where the service does not say.
    usable: Vec<&'a str>,
}

impl<'a> Groups<'a> {
    fn of(answer: &'a Value) -> Self {
        let table = |key: &str| answer.get(key).and_then(Value::as_object).into_iter().flatten();
        Self {
            factors: table("group_ratio")
                .filter_map(|(name, ratio)| Some((name.as_str(), json::number(ratio)?)))
                .collect(),
            usable: table("usable_group").map(|(name, _)| name.as_str()).collect(),
        }
    }

    /// The factor for a model. A key does not tell its group: `default` where the model is offered to it, else the
    /// cheapest group that may use it.
    fn factor(&self, row: &Value) -> f64 {
        let enabled: Vec<&str> = json::list(row, "enable_groups").iter().filter_map(Value::as_str).collect();
        let offered = |name: &str| enabled.is_empty() || enabled.contains(&name) || enabled.contains(&"all");
        let usable = |name: &str| self.usable.is_empty() || self.usable.contains(&name);
        let mut open = self.factors.iter().filter(|(name, _)| offered(name) && usable(name));
        let default = open.clone().find(|(name, _)| *name == "default").map(|(_, factor)| *factor);
        default.unwrap_or_else(|| {
            let first = open.next().map_or(1.0, |(_, factor)| *factor);
            open.fold(first, |least, (_, factor)| least.min(*factor))
        })
    }
}

/// To a millionth of a dollar: binary fractions would show as 2.4999999999999996.
pub(crate) fn rounded(dollars: f64) -> f64 {
    (dollars * 1e6).round() / 1e6
}
