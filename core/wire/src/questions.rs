//! The table: every question, what it is asked of, what it takes and what it answers.

use sponsorfit::{Error, Explanation, Fingerprint, Improvement, MatchScore, Scorer, WhatIf};

#[cfg(feature = "catalog")]
use crate::catalog::{self, Catalog};
#[cfg(feature = "catalog")]
use crate::catalog::{
    Counts, EventKey, HeldEvent, PairKey, PairKeys, RankEach, Ranked, Report, ScoreAll, SponsorKey,
    TopEvents, TopSponsors, UpsertEvent, UpsertSponsor,
};
#[cfg(feature = "learn")]
use crate::learning::{
    self, AcceptanceFit, Assign, CalibrationFit, Cuped, CupedColumns, DecisionColumns, Decisions,
    Description, DifferenceOf, Evaluate, FactorRows, FeatureDefinition, FeatureRow, FeaturesOf,
    FittedWeights, History, HistoryReport, LoggedColumns, Metrics, PagePlace, Profiles, Proposals,
    RankedLists, Ranker, RankerQuality, Read, ReadOut, RefinedEvents, RefinedSponsors, RowsOnly, SampleSizes,
    Scores, ScoresToCalibrate, Seed, SequenceOf, TeamDraft, ToldProbabilities, WeightsFit,
};
use crate::pairs::{
    self, Checked, Configuration, Configured, LabelText, Pair, PairChanges, PairRules, PairSide,
};
use crate::pairs::{ScoredPairs, Stored, Unchecked, Validation};
use crate::table::{Form, Nothing, Question, Request, no_inputs, no_inputs_unless, questions};
#[cfg(feature = "catalog")]
use sponsorfit::{EventId, Ranking, SponsorId, SponsorProfile};
#[cfg(feature = "learn")]
use sponsorfit_learn::experiment::{Interval, OffPolicy, SampleRatio};
#[cfg(feature = "learn")]
use sponsorfit_learn::fit::{Acceptance, Calibration, Reliability};
#[cfg(feature = "learn")]
use sponsorfit_learn::ranker::{RefinedExplanation, RefinedRanking};

questions! {
    #[cfg(all())]
    free_of_pairs: free of () as "" {
        /// Lists everything that is wrong with rows, a configuration or rules.
        validate(Unchecked) -> Validation = pairs::validate;
        /// Returns what two spellings of one label have in common.
        label_key(LabelText) -> String = pairs::label_key;
        /// Returns a configuration in full, and its fingerprint.
        config(Configured) -> Configuration = pairs::config;
    }

    #[cfg(feature = "learn")]
    free_of_learning: free of () as "" {
        /// Returns which variant each unit of an experiment gets; null for those that take no part.
        assign(Assign) -> Vec<Option<String>> = learning::assign;
        /// Returns the seed of a unit's own draws, in digits.
        seed(Seed) -> String = learning::seed;
        /// Compares each variant of an experiment with the first, or says why that cannot be trusted.
        read_out(Read) -> ReadOut = learning::read_out;
        /// Returns whether variants have the sizes they were promised.
        sample_ratio(SampleSizes) -> SampleRatio = learning::sample_ratio;
        /// Returns a mean with an interval that stays valid however often one looks.
        confidence_sequence(SequenceOf) -> Interval = learning::confidence_sequence;
        /// Returns the difference of two means with an interval that stays valid however often one looks.
        difference(DifferenceOf) -> Interval = learning::difference;
        /// Returns outcomes with less variance, by what was known beforehand.
        cuped(CupedColumns) -> Cuped = learning::cuped;
        /// Returns what another ranking would have earned, from the log of this one.
        off_policy(LoggedColumns) -> OffPolicy = learning::off_policy;
        /// Returns the page on which two rankings take turns.
        team_draft(TeamDraft) -> Vec<PagePlace> = learning::team_draft;
        /// Returns the metrics of ranked lists, and their means.
        metrics(RankedLists) -> Metrics = learning::metrics;
        /// Measures rankers on the same queries, with intervals, and compares each with the first.
        evaluate(Evaluate) -> Vec<RankerQuality> = learning::evaluate;
        /// Fits the formula's weights to outcomes, and moves only those that certainly should.
        fit_weights(WeightsFit) -> FittedWeights = learning::fit_weights;
        /// Returns what pairs score of whose factors nothing but the values is known.
        score_factors(FactorRows) -> Vec<f64> = learning::score_factors;
        /// Fits a rising line to scores and what came of them.
        fit_calibration(CalibrationFit) -> Calibration = learning::fit_calibration;
        /// Returns the probability that each score is accepted.
        calibrate(ScoresToCalibrate) -> Vec<Option<f64>> = learning::calibrate;
        /// Returns whether probabilities came true.
        reliability(ToldProbabilities) -> Reliability = learning::reliability;
        /// Learns how probable acceptance is, from any numbers.
        fit_acceptance(AcceptanceFit) -> Acceptance = learning::fit_acceptance;
        /// Returns the probability that each row of numbers is accepted.
        accept(Proposals) -> Vec<f64> = learning::accept;
        /// Turns a log of decisions into what weights, calibrations and history are learnt from.
        decisions(Decisions) -> DecisionColumns = learning::decisions;
        /// Returns every number that a ranker is told of a pair: name, meaning, unit and range.
        feature_definitions() -> Vec<FeatureDefinition> = learning::feature_definitions;
    }

    #[cfg(all())]
    pair_texts: text of &Scorer as "scorer" {
        /// Returns the SHA-256 that names the configuration.
        fingerprint() -> &Fingerprint = pairs::fingerprint;
        /// Scores a pair.
        score(Pair) -> Stored<MatchScore> = pairs::score;
        /// Scores a pair and says why.
        explain(Pair) -> Stored<Explanation> = pairs::explain;
        /// Scores a pair before and after changes.
        what_if(PairChanges) -> WhatIf = pairs::what_if;
        /// Returns the smallest changes on one side that raise the score most.
        improve(PairSide) -> Vec<Improvement> = pairs::improve;
        /// Asks rules about a pair.
        check(PairRules) -> Checked = pairs::check;
    }

    #[cfg(all())]
    pair_numbers: numbers of &Scorer as "scorer" {
        /// Scores pairs: each column that is named, one number a pair; NaN where there is none.
        score_pairs(ScoredPairs) -> Vec<f64> = pairs::score_pairs;
    }

    #[cfg(feature = "catalog")]
    catalog_texts: text of &mut Catalog as "catalog" {
        /// Returns the best events of a sponsor, one of the catalog's or one that is given.
        top_events(TopEvents, inputs "similarities: one number an event, NaN where unknown") -> Ranking = catalog::top_events;
        /// Returns the best sponsors of an event, one of the catalog's or one that is given.
        top_sponsors(TopSponsors, inputs "similarities: one number a sponsor, NaN where unknown") -> Ranking = catalog::top_sponsors;
        /// Ranks the other side for some anchors, in the order of reading.
        rank(RankEach) -> Vec<Ranked> = catalog::rank;
        /// Scores a pair of the catalog.
        score(PairKey) -> Stored<MatchScore> = catalog::score;
        /// Explains a pair of the catalog.
        explain(PairKey) -> Stored<Explanation> = catalog::explain;
        /// Returns the row of a sponsor; null where there is none.
        sponsor(SponsorKey) -> Option<&SponsorProfile> = catalog::sponsor;
        /// Returns an event and its insights; null where there is none.
        event(EventKey) -> Option<HeldEvent<'_>> = catalog::event;
        /// Returns the sponsors' identifiers, in the order of reading.
        sponsor_ids() -> Vec<SponsorId> = catalog::sponsor_ids;
        /// Returns the events' identifiers, in the order of reading.
        event_ids() -> Vec<EventId> = catalog::event_ids;
        /// Returns what reading the rows came to.
        report() -> &Report = catalog::report;
        /// Returns how many rows there are now.
        counts() -> Counts = catalog::counts;
        /// Returns the SHA-256 that names the configuration.
        fingerprint() -> &Fingerprint = catalog::fingerprint;
        /// Adds an event with its insights, or replaces the one with its identifier.
        upsert_event(UpsertEvent) -> () = catalog::upsert_event;
        /// Adds a sponsor, or replaces the one with its identifier.
        upsert_sponsor(UpsertSponsor) -> () = catalog::upsert_sponsor;
        /// Removes an event, and returns whether it was there.
        remove_event(EventKey) -> bool = catalog::remove_event;
        /// Removes a sponsor, and returns whether it was there.
        remove_sponsor(SponsorKey) -> bool = catalog::remove_sponsor;
    }

    #[cfg(feature = "catalog")]
    catalog_numbers: numbers of &Catalog as "catalog" {
        /// Scores every pair: each column that is named, sponsor by sponsor; NaN where there is none.
        score_all(ScoreAll) -> Vec<f64> = catalog::score_all;
        /// Scores pairs of the catalog: each column that is named, one number a pair; NaN where there is none.
        score_pairs(PairKeys) -> Vec<f64> = catalog::score_pairs;
    }

    #[cfg(feature = "catalog")]
    catalog_bytes: bytes of &Catalog as "catalog" {
        /// Writes rows and configuration, to be opened as `saved_catalog`.
        save() -> Vec<u8> = catalog::save;
    }

    #[cfg(feature = "learn")]
    history_texts: text of &History as "history" {
        /// Returns what reading the rows came to.
        report() -> &HistoryReport = learning::history_report;
        /// Returns the profiles of all who had sponsored something before a date, by id.
        profiles(Profiles) -> Vec<SponsorProfile> = learning::profiles;
        /// Returns what a ranker is told of pairs as of a date.
        features(FeaturesOf) -> Vec<FeatureRow> = learning::features;
    }

    #[cfg(feature = "learn")]
    history_numbers: numbers of &History as "history" {
        /// Returns what a ranker is told of pairs as of a date: row by row; NaN where it cannot be told.
        features(FeaturesOf) -> Vec<f64> = learning::feature_numbers;
    }

    #[cfg(feature = "learn")]
    ranker_texts: text of &Ranker as "ranker" {
        /// Returns what the ranker was trained for, its features' names and how many trees it has.
        describe() -> Description = learning::describe;
        /// Returns the sponsors of an event in the order that earlier outcomes teach.
        top_sponsors(RefinedSponsors) -> RefinedRanking = learning::top_sponsors;
        /// Returns the events of a sponsor in the order that earlier outcomes teach.
        top_events(RefinedEvents) -> RefinedRanking = learning::top_events;
        /// Returns why a candidate stands where it does, in words.
        explain(PairKey) -> RefinedExplanation = learning::explain;
    }

    #[cfg(feature = "learn")]
    ranker_numbers: numbers of &Ranker as "ranker" {
        /// Returns the score of each row.
        scores(Scores, inputs "rows: one number a feature, NaN where missing") -> Vec<f64> = learning::scores;
        /// Returns, for each row, where the sum begins and what each feature adds to the raw score.
        contributions(RowsOnly, inputs "rows: one number a feature, NaN where missing") -> Vec<f64> = learning::contributions;
    }
}
