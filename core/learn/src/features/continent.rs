//! Which continent a country is in.

/// Countries by continent: ISO 3166-1 alpha-2 codes, grouped as in the UN's M49 standard, with
/// the Americas cut at South America.
const CONTINENTS: [&str; 7] = [
    // Africa
    "ao bf bi bj bw cd cf cg ci cm cv dj dz eg eh er et ga gh gm gn gq gw io ke km lr ls ly ma mg ml mr mu mw mz \
     na ne ng re rw sc sd sh sl sn so ss st sz td tf tg tn tz ug yt za zm zw",
    // Antarctica
    "aq",
    // Asia
    "ae af am az bd bh bn bt cn cy ge hk id il in iq ir jo jp kg kh kp kr kw kz la lb lk mm mn mo mv my np om ph \
     pk ps qa sa sg sy th tj tl tm tr tw uz vn ye",
    // Europe
    "ad al at ax ba be bg by ch cz de dk ee es fi fo fr gb gg gi gr hr hu ie im is it je li lt lu lv mc md me mk mt \
     nl no pl pt ro rs ru se si sj sk sm ua va xk",
    // North America
    "ag ai aw bb bl bm bq bs bz ca cr cu cw dm do gd gl gp gt hn ht jm kn ky lc mf mq ms mx ni pa pm pr sv sx tc tt \
     us vc vg vi",
    // Oceania
    "as au cc ck cx fj fm gu hm ki mh mp nc nf nr nu nz pf pg pn pw sb tk to tv um vu wf ws",
    // South America
    "ar bo br bv cl co ec fk gf gs gy pe py sr uy ve",
];

/// Returns the number of a country's continent, by the key of its code; `None` for what is no code.
pub(super) fn continent(country: &str) -> Option<usize> {
    CONTINENTS.iter().position(|codes| codes.split(' ').any(|code| code == country))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_on_one_continent() {
        let mut codes: Vec<&str> = CONTINENTS.iter().flat_map(|codes| codes.split(' ')).collect();
        assert!(codes.iter().all(|code| code.len() == 2), "{codes:?}");
        // The 249 codes of ISO 3166-1, and Kosovo's, which is in use without being assigned.
        assert_eq!(codes.len(), 250);
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 250);
    }

    #[test]
    fn the_americas_are_two() {
        let same = |a, b| continent(a).is_some() && continent(a) == continent(b);
        assert!(same("us", "mx") && same("br", "ar") && !same("us", "br"));
        assert!(same("fr", "ch") && same("jp", "tr") && same("nz", "au") && same("ke", "eg"));
        assert_eq!((continent("france"), continent(""), continent("US")), (None, None, None));
    }
}
