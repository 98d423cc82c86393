//! What is left on an account, in the few forms that services tell it. It computes no exchange rates, and a
//! service that tells nothing is not an error.

use serde_json::Value;

use crate::client::Client;
use crate::{Endpoint, Error, Family, Reading, json};

/// What a service says about the account behind a key. At least one of the numbers is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Balance {
    /// What is left.
    pub left: Option<f64>,
    /// What was used so far.
    pub used: Option<f64>,
    /// The unit of both: `USD`, `CNY`, or empty when the service does not say.
    pub currency: String,
    /// True when the key has no limit of its own.
    pub unlimited: bool,
}

/// one-api counts in units of which this many are one US dollar, unless its owner changed that.
const QUOTA_PER_DOLLAR: f64 = 500_000.0;
/// What one-api writes as the limit of a key without one.
const NO_LIMIT: f64 = 100_000_000.0;

/// One way to ask: an address and how to read its answer.
struct Way {
    url: String,
    read: fn(&Value) -> Option<Balance>,
    /// A refused key is told: nothing else that costs nothing shows that it is wrong.
    shows_wrong_key: bool,
}

pub(crate) async fn fetch(client: &Client, at: &Endpoint, family: &Family) -> Result<Option<Balance>, Error> {
    for way in ways(at, family.as_str()) {
        match client.probe(at, &way.url).await {
            Err(Error::Refused(failure))
                if way.shows_wrong_key && failure.reading == Reading::KeyRejected =>
            {
                return Err(Error::Refused(failure));
            }
            told => {
                if let Some(balance) = offered(told)?.as_ref().and_then(way.read) {
                    return Ok(Some(balance));
                }
            }
        }
    }
    if may_be_one_api(family.as_str()) { billing(client, at).await } else { Ok(None) }
}

fn ways(at: &Endpoint, family: &str) -> Vec<Way> {
    let (root, host) = (at.root.as_str(), at.root.host_root());
    let way = |url: String, read| Way { url, read, shows_wrong_key: false };
    match family {
        // Its list of models is public, and the credits may be shown to a management key only.
        "openrouter" => vec![
            way(format!("{root}/credits"), credits),
            Way { shows_wrong_key: true, ..way(format!("{root}/key"), key_limit) },
        ],
        "deepseek" => vec![way(format!("{host}/user/balance"), deepseek)],
        "litellm" => vec![way(format!("{host}/key/info"), litellm)],
        _ if at.root.host().ends_with("siliconflow.cn") => {
            vec![way(format!("{root}/user/info"), siliconflow)]
        }
        _ if may_be_one_api(family) => vec![way(format!("{host}/api/usage/token"), token_usage)],
        _ => Vec::new(),
    }
}

/// Modelless, GPTNB, ModelBox and Arcee document nothing: they are asked as one-api is.
fn may_be_one_api(family: &str) -> bool {
    matches!(family, "" | "one-api" | "new-api" | "arcee" | "modelbox")
}

/// The old OpenAI billing pair, which one-api still answers.
async fn billing(client: &Client, at: &Endpoint) -> Result<Option<Balance>, Error> {
    let host = at.root.host_root();
    let subscription = ask(client, at, &format!("{host}/v1/dashboard/billing/subscription")).await?;
    let Some(limit) = subscription.as_ref().and_then(|value| json::number(value.get("hard_limit_usd")?))
    else {
        return Ok(None);
    };
    // The span is read by no server of this family, but its absence is refused by some.
    let span = "start_date=2020-01-01&end_date=2099-12-31";
    let usage = ask(client, at, &format!("{host}/v1/dashboard/billing/usage?{span}")).await?;
    let used =
        usage.as_ref().and_then(|value| json::number(value.get("total_usage")?)).map(|cents| cents / 100.0);
    let unlimited = limit >= NO_LIMIT;
    let left = used.map(|used| limit - used).filter(|_| !unlimited);
    // The owner chooses dollars, yuan or raw units for these figures: the unit is not known.
    let balance = Balance { left, used, currency: String::new(), unlimited };
    Ok((unlimited || used.is_some()).then_some(balance))
}

async fn ask(client: &Client, at: &Endpoint, url: &str) -> Result<Option<Value>, Error> {
    offered(client.probe(at, url).await)
}

/// The JSON that came; nothing when the service does not offer it. Only a broken connection is an error.
fn offered(told: Result<Value, Error>) -> Result<Option<Value>, Error> {
    match told {
        Ok(value) => Ok(Some(value)),
        Err(Error::Refused(_) | Error::NotAnApi { .. } | Error::BadAnswer { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn token_usage(value: &Value) -> Option<Balance> {
    let data = value.get("data")?;
    let dollars = |key: &str| data.get(key).and_then(json::number).map(|quota| quota / QUOTA_PER_DOLLAR);
    let unlimited = data.get("unlimited_quota").is_some_and(json::truthy);
    let (left, used) = (dollars("total_available").filter(|_| !unlimited), dollars("total_used"));
    known(Balance { left, used, currency: "USD".into(), unlimited })
}

fn credits(value: &Value) -> Option<Balance> {
    let number = |key: &str| json::number(json::at(value, &["data", key])?);
    let used = number("total_usage")?;
    let left = number("total_credits")? - used;
    Some(Balance { left: Some(left), used: Some(used), currency: "USD".into(), unlimited: false })
}

fn key_limit(value: &Value) -> Option<Balance> {
    let data = value.get("data")?;
    let number = |key: &str| data.get(key).and_then(json::number);
    let unlimited = data.get("limit").is_some_and(Value::is_null);
    known(Balance {
        left: number("limit_remaining"),
        used: number("usage"),
        currency: "USD".into(),
        unlimited,
    })
}

fn deepseek(value: &Value) -> Option<Balance> {
    let info = json::list(value, "balance_infos").first()?;
    let left = json::number(info.get("total_balance")?);
    let currency = json::text(info, &["currency"]).unwrap_or_default().to_owned();
    known(Balance { left, used: None, currency, unlimited: false })
}

fn litellm(value: &Value) -> Option<Balance> {
    let info = value.get("info")?;
    let number = |key: &str| info.get(key).and_then(json::number);
    let (used, most) = (number("spend")?, number("max_budget"));
    let left = most.map(|most| most - used);
    Some(Balance { left, used: Some(used), currency: "USD".into(), unlimited: most.is_none() })
}

fn siliconflow(value: &Value) -> Option<Balance> {
    let data = value.get("data")?;
    let left = ["totalBalance", "balance"].iter().find_map(|key| json::number(data.get(key)?));
    known(Balance { left, used: None, currency: "CNY".into(), unlimited: false })
}

fn known(balance: Balance) -> Option<Balance> {
    (balance.left.is_some() || balance.used.is_some()).then_some(balance)
}
