package io.taskweaver.scheduling.inference;

import io.taskweaver.model.effort.Effort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The evidence that a requirement of a document needs another. Each figure follows from the two, from what other titles
 * say of the same things, and from the place in their section: so what is added about other things changes none, nor does
 * another order of the sections.
 */
public final class DocumentEvidence {
    /** What is measured of a pair. */
    public enum Measure {
        /** Share, by weight, of the other's title that the requirement says. */
        SAYS_TITLE,
        /** Weight of the rarest word of the other's title that it says. */
        RAREST,
        /** Share of its own title that the other says. */
        IS_SAID,
        /** Share of the other's title that its title says. */
        TITLE_IN_TITLE,
        /** 1 if the other makes what it uses by a name. */
        NAMES,
        /** Weight of what the other's title makes and it speaks of; less the more make it. */
        MADE,
        SAME_SECTION,
        /** 1 if the other stands before it in the section, -1 if behind. */
        BEFORE,
        /** 1 if the other stands just before it in the section. */
        NEXT,
        /** 1 if the other is the first of the section. */
        FIRST,
        /** 1 if the other is the first of the section that says a word of its title. */
        INTRODUCES,
        /** 1 if the other is the first of the section that says a word of their heading: what the section is about. */
        HEADING,
        /** How much lower the other is built: -1 to 1. */
        LOWER,
        /** 1 if the other's headings place it in an earlier phase, -1 in a later one. */
        EARLIER_PHASE,
        /** Logarithm of the ratio of the lengths of the titles, other to own. */
        LENGTHS,
        OTHER_MAKES,
        /** 1 if the other finds out who somebody is, and it speaks of those who are known. */
        IDENTITY,
        /** 1 if the other sets up what others are built in, and it does not. */
        SET_UP
    }

    private static final List<Measure> SPEAKING =
            List.of(Measure.SAYS_TITLE, Measure.IS_SAID, Measure.NAMES, Measure.IDENTITY);

    private static final int COMMON = 60;
    /** What so many titles of a section say, and its heading does not, is how they are written. */
    private static final int BOILERPLATE = 8;

    private static final int MOST = 24;
    /** Of so few all that say something are weighed, so that none takes the place of another. */
    private static final int FEW = 400;

    private static final int MOST_OF_FEW = 100;
    private static final int HIGHEST = 5;

    private final List<DocumentProfile> profiles = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final List<List<Integer>> titles = new ArrayList<>();
    private final Neighbourhoods neighbourhoods;
    /** By neighbourhood and term, how many titles say it, and how many of those make something. */
    private final TermCounts said = new TermCounts();

    private final TermCounts making = new TermCounts();
    private final Map<Integer, List<Integer>> sections = new HashMap<>();
    private final Map<Integer, List<Integer>> makers = new HashMap<>();

    /** By section and term, how many titles say it, and which is the first. */
    private final Map<Long, Integer> saying = new HashMap<>();

    private final Map<Long, Integer> firstToSay = new HashMap<>();
    private final Map<Integer, Integer> topics = new HashMap<>();
    private final List<Integer> identity = new ArrayList<>();
    private final List<Integer> setUps = new ArrayList<>();

    public DocumentEvidence(List<Subject> subjects) {
        var numbers = new DocumentProfile.Numbers();
        neighbourhoods = new Neighbourhoods(subjects);
        for (var subject : subjects) shown.add(subject.title());
        var types = WorkType.of(subjects);
        for (int i = 0; i < types.size(); i++) {
            var subject = subjects.get(i);
            profiles.add(numbers.profile(subject, types.get(i), NameReader.names(subject.title(), subject.text())));
        }
        for (int term = 0; term < numbers.size(); term++) titles.add(new ArrayList<>());
        for (int i = 0; i < profiles.size(); i++) {
            var profile = profiles.get(i);
            for (int term : profile.title()) {
                titles.get(term).add(i);
                saying.merge(key(profile.section(), term), 1, Integer::sum);
                firstToSay.putIfAbsent(key(profile.section(), term), i);
                neighbourhoods.count(said, i, term);
                if (profile.makes()) neighbourhoods.count(making, i, term);
            }
            if (profile.makesIdentity()) identity.add(i);
            if (profile.type() == WorkType.SET_UP) setUps.add(i);
            sections.computeIfAbsent(profile.section(), key -> new ArrayList<>())
                    .add(i);
            for (int name : profile.made())
                makers.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
        }
    }

    int size() {
        return profiles.size();
    }

    public WorkType type(int subject) {
        return profiles.get(subject).type();
    }

    DocumentProfile profile(int subject) {
        return profiles.get(subject);
    }

    /** Of the requirement's section, in their order. */
    List<Integer> section(int subject) {
        return sections.getOrDefault(profiles.get(subject).section(), List.of());
    }

    /** The rarer a term is around the two, the more it says. */
    private double weight(int term, int one, int other) {
        return 1 / Math.sqrt(Math.max(1, count(said, term, one, other)));
    }

    private int count(TermCounts counts, int term, int one, int other) {
        int own = neighbourhoods.of(one);
        int others = neighbourhoods.of(other);
        return own == others ? counts.get(own, term) : counts.get(own, term) + counts.get(others, term);
    }

    private double weight(int[] terms, int one, int other) {
        double sum = 0;
        for (int term : terms) sum += weight(term, one, other);
        return sum;
    }

    /** Those that a requirement may need, ascending. */
    public List<Integer> candidates(int of) {
        var scores = new HashMap<Integer, Double>();
        for (int term : profiles.get(of).all()) {
            Effort.step();
            if (titles.get(term).size() > COMMON) continue;
            double weight = 1 / Math.sqrt(titles.get(term).size());
            for (int on : titles.get(term)) scores.merge(on, weight, Double::sum);
        }
        for (int name : profiles.get(of).names())
            for (int on : makers.getOrDefault(name, List.of())) scores.merge(on, 2.0, Double::sum);
        if (profiles.get(of).needsIdentity() && identity.size() <= COMMON)
            for (int on : identity) scores.merge(on, 1.0, Double::sum);
        if (setUps.size() <= COMMON) for (int on : setUps) scores.merge(on, 0.5, Double::sum);
        var own = section(of);
        int place = profiles.get(of).place();
        scores.putIfAbsent(own.getFirst(), 0.0);
        if (place > 0) scores.putIfAbsent(own.get(place - 1), 0.0);
        if (topic(of) >= 0) scores.putIfAbsent(topic(of), 0.0);
        scores.remove(of);
        var best = new ArrayList<>(scores.keySet());
        int most = size() <= FEW ? MOST_OF_FEW : MOST;
        if (best.size() > most) {
            best.sort(Comparator.comparingDouble((Integer on) -> rounded(scores.getOrDefault(on, 0.0)))
                    .reversed()
                    .thenComparing(shown::get)
                    .thenComparingInt(on -> on));
            best.subList(most, best.size()).clear();
        }
        Collections.sort(best);
        return best;
    }

    /** A sum whatever the order of what was added. */
    static double rounded(double sum) {
        return Math.rint(sum * 1e9) / 1e9;
    }

    /** By {@link Measure#ordinal}. */
    public double[] measure(int of, int on) {
        var task = profiles.get(of);
        var other = profiles.get(on);
        var values = new double[Measure.values().length];
        double says = 0;
        double inTitle = 0;
        double rarest = 0;
        boolean introduces = false;
        for (int term : other.title()) {
            if (!DocumentProfile.has(task.all(), term) || isBoilerplate(term, task, other)) continue;
            double weight = weight(term, of, on);
            says += weight;
            rarest = Math.max(rarest, weight);
            if (DocumentProfile.has(task.title(), term)) inTitle += weight;
            introduces |= isFirstToSay(on, term);
        }
        double title = Math.max(1e-9, weight(other.title(), of, on));
        double isSaid = 0;
        for (int term : task.title())
            if (DocumentProfile.has(other.all(), term) && !isBoilerplate(term, task, other))
                isSaid += weight(term, of, on);
        boolean together = task.section() == other.section();
        set(values, Measure.SAYS_TITLE, says / title);
        set(values, Measure.RAREST, rarest);
        set(values, Measure.IS_SAID, isSaid / Math.max(1e-9, weight(task.title(), of, on)));
        set(values, Measure.TITLE_IN_TITLE, inTitle / title);
        set(values, Measure.NAMES, isNamed(task, other) ? 1 : 0);
        set(values, Measure.MADE, made(of, on));
        set(values, Measure.SAME_SECTION, together ? 1 : 0);
        set(values, Measure.BEFORE, together ? Integer.signum(task.place() - other.place()) : 0);
        set(values, Measure.NEXT, together && task.place() == other.place() + 1 ? 1 : 0);
        set(values, Measure.FIRST, together && other.place() == 0 ? 1 : 0);
        set(values, Measure.INTRODUCES, introduces && together ? 1 : 0);
        set(values, Measure.HEADING, together && on == topic(of) ? 1 : 0);
        set(values, Measure.LOWER, below(of, on));
        set(values, Measure.EARLIER_PHASE, phases(task, other));
        set(values, Measure.LENGTHS, Math.log((other.title().length + 1.0) / (task.title().length + 1.0)));
        set(values, Measure.OTHER_MAKES, other.makes() ? 1 : 0);
        set(values, Measure.IDENTITY, isIdentified(task, other) ? 1 : 0);
        set(values, Measure.SET_UP, other.type() == WorkType.SET_UP && task.type() != WorkType.SET_UP ? 1 : 0);
        return values;
    }

    /** Weight of what one's title makes and another speaks of; less the more make it. */
    double made(int of, int on) {
        var task = profiles.get(of);
        var other = profiles.get(on);
        if (!other.makes()) return 0;
        double made = 0;
        for (int term : other.title())
            if (DocumentProfile.has(task.all(), term)) made = Math.max(made, 1.0 / count(making, term, of, on));
        return made;
    }

    /** How much lower one is built than another, by their types: -1 to 1. */
    double below(int of, int on) {
        return (type(of).height() - type(on).height()) / (double) HIGHEST;
    }

    /** Whether anything but places speaks for a need. */
    public static boolean speaks(double[] measured) {
        for (var measure : SPEAKING) if (measured[measure.ordinal()] > 0) return true;
        return false;
    }

    private static void set(double[] values, Measure measure, double value) {
        values[measure.ordinal()] = value;
    }

    private boolean isBoilerplate(int term, DocumentProfile task, DocumentProfile other) {
        if (task.section() != other.section() || titles.get(term).size() < BOILERPLATE) return false;
        if (DocumentProfile.has(task.heading(), term)) return false;
        int said = saying.getOrDefault(key(task.section(), term), 0);
        return said >= BOILERPLATE;
    }

    /** The first of a requirement's section whose title says a word of their heading; -1 if none does. */
    private int topic(int of) {
        var known = topics.get(profiles.get(of).section());
        if (known != null) return known;
        int topic = -1;
        for (int other : section(of))
            if (topic < 0
                    && Vocabulary.count(
                                    profiles.get(other).title(),
                                    profiles.get(of).heading())
                            > 0) topic = other;
        topics.put(profiles.get(of).section(), topic);
        return topic;
    }

    /** Whether no one above it in its section has a word in the title. */
    private boolean isFirstToSay(int subject, int term) {
        return firstToSay.getOrDefault(key(profiles.get(subject).section(), term), -1) == subject;
    }

    private static long key(int section, int term) {
        return ((long) section << Integer.SIZE) | term;
    }

    private static boolean isIdentified(DocumentProfile task, DocumentProfile other) {
        return other.makesIdentity() && task.needsIdentity();
    }

    private static boolean isNamed(DocumentProfile task, DocumentProfile other) {
        for (int name : other.made())
            if (DocumentProfile.has(task.names(), name) && !DocumentProfile.has(task.made(), name)) return true;
        return false;
    }

    private static int phases(DocumentProfile task, DocumentProfile other) {
        if (task.phase().isEmpty() || other.phase().isEmpty()) return 0;
        return Integer.signum(task.phase().getAsInt() - other.phase().getAsInt());
    }
}
