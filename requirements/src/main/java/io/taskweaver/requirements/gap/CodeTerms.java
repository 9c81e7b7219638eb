package io.taskweaver.requirements.gap;

import io.taskweaver.requirements.text.Words;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words of texts and parts of identifiers, as stems, so that "bookings" meets {@code bookSlot}. */
final class CodeTerms {
    /** Words that name nothing: of the language, and of requirements as such. */
    private static final Set<String> FILLERS = Words.set("""
        a an the of to in on for and or with by as at be is are was it its this that these those shall must should can
        could may might will would able not no from into all any each every per user users system program application
        app implement build support provide allow let lets using use used via when then than if so i want who which what
        where their his her they them has have had do does done such other another same own both only also within
        between before after without about there here new one
        """);

    /** What programmers call what people ask for; the first word stands for the others. */
    private static final List<String> SAME = List.of(
            "create add register make insert",
            "remove delete drop erase",
            "show list find get see view display read fetch query search look lookup",
            "change update edit modify set",
            "send deliver notify publish emit",
            "save store persist keep append write",
            "check validate verify",
            "signin login authenticate logon",
            "signout logout logoff");

    private static final Map<String, String> CANONICAL = canonical();
    private static final Set<String> VERBS = Set.copyOf(CANONICAL.values());

    private CodeTerms() {}

    /** Terms of a text or identifier, each once, in order; fillers left out. */
    static Set<String> of(String text) {
        var terms = new LinkedHashSet<String>();
        var joined = text.replaceAll("(?i)\\b(sign|log)[\\s-]+(in|out|on|off)\\b", "$1$2");
        for (var part : Words.parts(joined)) {
            var word = Words.lower(part);
            if (FILLERS.contains(word)) continue;
            var stem = Words.stem(word);
            terms.add(CANONICAL.getOrDefault(stem, stem));
        }
        return terms;
    }

    /** Whether a term is one of the actions that have several names. */
    static boolean isAction(String term) {
        return VERBS.contains(term);
    }

    private static Map<String, String> canonical() {
        var canonical = new HashMap<String, String>();
        for (var group : SAME) {
            var words = group.split(" ");
            for (var word : words) canonical.put(Words.stem(word), Words.stem(words[0]));
        }
        return Map.copyOf(canonical);
    }
}
