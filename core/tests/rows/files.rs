//! The same two sponsors in every format.

pub(crate) const NDJSON: &str = r#"{"sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00a", "name": "Avo, Inc.", "annual_budget_cents": 5000000.0, "brand_objectives": {"keywords": ["Vinyl"], "goals": null}, "regions": ["US", "live \"x\""], "reputation_score": 0.5, "objectives_embedding": [0.5, -1]}

{"sponsor_id": "6F96FBB8-4C5D-4A55-8E5E-2F5CF7A2B00B", "name": null, "annual_budget_cents": "9007199254740991", "regions": []}
"#;

pub(crate) const ARRAY: &str = r#"
[
  {
    "sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00a", "name": "Avo, Inc.", "annual_budget_cents": 5e6,
    "brand_objectives": {"keywords": ["Vinyl"]},
    "regions": ["US", "live \"x\""], "reputation_score": 0.5, "objectives_embedding": "[0.5,-1]"
  },
  {"sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00b", "annual_budget_cents": 9007199254740991}
]
"#;

pub(crate) const CSV: &str = r#"sponsor_id,name,annual_budget_cents,brand_objectives,regions,reputation_score,objectives_embedding
6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00a,"Avo, Inc.",5000000.0,"{""keywords"":
  [""Vinyl""]}","[""US"", ""live \""x\""""]",0.5,"[0.5,-1]"
,,,,,,

6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00b,,9007199254740991,,[],,
"#;

pub(crate) const SEMICOLONS: &str = r#"sponsor_id;name;annual_budget_cents;brand_objectives;regions;reputation_score;objectives_embedding
6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00a;Avo, Inc.;5000000;{"keywords": ["Vinyl"]};{US,"live \"x\""};5e-1;{0.5,-1}
6f96fbb84c5d4a558e5e2f5cf7a2b00b;;9007199254740991;{};{};;
"#;
