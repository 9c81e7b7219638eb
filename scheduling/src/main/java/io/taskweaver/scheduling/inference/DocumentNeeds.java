package io.taskweaver.scheduling.inference;

import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Infers which requirements of documents need which. All needs are decided together, the likeliest first: a need has to be
 * likelier the more a requirement has and if others imply it, and none closes a circle. What is about the whole then comes
 * after the ends of what is made ({@link WholeNeeds}).
 *
 * <p>What is found depends neither on the order of sections nor on requirements about other things.
 */
public final class DocumentNeeds {
    /** From so many needs on no more are looked for. */
    private static final int MOST = 4;

    /** How many needs of a subject may be possible beside those that are taken. */
    private static final int MOST_POSSIBLE = 3;

    private static final double SET_UP = 0.8;

    /** A pair that may be a need. */
    private record Pair(int of, int on, double score) {}

    private final List<Subject> subjects;
    private final DocumentModel model;
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");
    /** Words of titles, without their numbers. */
    private final List<List<String>> kinds;

    private final DocumentEvidence evidence;
    private final Rules rules;
    private final Reasons reasons;
    /** For each subject those whose result it waits for. */
    private final List<Set<Integer>> needs = new ArrayList<>();
    /** How many needs each has, of whatever kind. */
    private final int[] counts;

    private final AcyclicGraph acyclic;
    private final List<Inferred> found = new ArrayList<>();
    private final List<Pair> untaken = new ArrayList<>();

    private static List<String> kind(Subject subject) {
        return Words.plain(NUMBERS.matcher(subject.title()).replaceAll("0"));
    }

    /**
     * Whether two titles do the same to different things: "Add feature 1" and "Add feature 2", "Search by title" and "Search by
     * author". What they share says nothing of an order.
     */
    private static boolean isOfAKind(List<String> one, List<String> other) {
        if (one.size() != other.size() || one.isEmpty() || !one.getFirst().equals(other.getFirst())) return false;
        int differing = 0;
        for (int i = 1; i < one.size(); i++) if (!one.get(i).equals(other.get(i))) differing++;
        return differing < 2;
    }

    /** What holds besides what subjects say. */
    public interface Rules {
        /** Whether one may be made to wait for another. */
        boolean allows(int of, int on);

        /** Whether it then waits for the other's result; else what is known of the other beforehand is enough. */
        boolean isResult(int of, int on);

        /** Whether a subject asks how well all is done rather than for a part. */
        boolean isQuality(int subject);

        /** Which document a subject is of; what is about the whole is about the whole of its document. */
        int document(int subject);
    }

    private DocumentNeeds(
            List<Subject> subjects, List<? extends Collection<Integer>> stated, Rules rules, DocumentModel model) {
        this.subjects = subjects;
        this.model = model;
        this.rules = rules;
        evidence = new DocumentEvidence(subjects);
        kinds = subjects.stream().map(DocumentNeeds::kind).toList();
        reasons = new Reasons(subjects);
        for (var own : stated) needs.add(new HashSet<>(own));
        counts = stated.stream().mapToInt(Collection::size).toArray();
        acyclic = AcyclicGraph.of(stated);
    }

    /**
     * The needs that are inferred besides the stated ones, by subject.
     *
     * @param stated for each subject, what it needs anyway; without circles
     */
    public static List<Inferred> of(List<Subject> subjects, List<? extends Collection<Integer>> stated, Rules rules) {
        return of(subjects, stated, rules, LearnedParameters.shipped().document());
    }

    /** The same by a model of one's own. */
    public static List<Inferred> of(
            List<Subject> subjects, List<? extends Collection<Integer>> stated, Rules rules, DocumentModel model) {
        return new DocumentNeeds(subjects, stated, rules, model).needs();
    }

    /**
     * Needs, and what may be one.
     *
     * @param found what is inferred besides what is stated, by subject
     * @param possible what was likely enough but for other needs of the same subject, likeliest first, a few for each;
     *     found when asked for
     */
    public record Weighed(List<Inferred> found, Supplier<List<Inferred>> possible) {}

    /** The needs that are inferred besides the stated ones, and those that may be. */
    public static Weighed weighed(List<Subject> subjects, List<? extends Collection<Integer>> stated, Rules rules) {
        var needs = new DocumentNeeds(
                subjects, stated, rules, LearnedParameters.shipped().document());
        return new Weighed(needs.needs(), needs::possible);
    }

    private List<Inferred> needs() {
        decode();
        setUp();
        found.addAll(WholeNeeds.of(subjects, needs, new Wholes()));
        found.sort(Comparator.comparingInt(Inferred::of).thenComparingInt(Inferred::on));
        return List.copyOf(found);
    }

    private List<Inferred> possible() {
        var possible = new ArrayList<Inferred>();
        var of = new HashMap<Integer, Integer>();
        for (var pair : untaken) {
            Effort.step();
            if (needs.get(pair.of()).contains(pair.on()) || isImplied(pair)) continue;
            if (of.merge(pair.of(), 1, Integer::sum) <= MOST_POSSIBLE) possible.add(inferred(pair));
        }
        return possible;
    }

    private void decode() {
        var pairs = new ArrayList<Pair>();
        for (int of = 0; of < subjects.size(); of++) {
            Effort.step();
            if (isCheck(of)) continue;
            for (int on : evidence.candidates(of)) {
                if (!isMade(on) || isInLaterPhase(of, on) || needs.get(of).contains(on)) continue;
                if (isOfAKind(kinds.get(of), kinds.get(on))) continue;
                var measured = evidence.measure(of, on);
                double score = DocumentEvidence.rounded(model.score(measured));
                boolean likely = DocumentEvidence.speaks(measured) && score >= model.threshold();
                if (likely && rules.allows(of, on)) pairs.add(new Pair(of, on, score));
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::score)
                .reversed()
                .thenComparing(pair -> subjects.get(pair.of()).title())
                .thenComparing(pair -> subjects.get(pair.on()).title())
                .thenComparingInt(Pair::of)
                .thenComparingInt(Pair::on));
        var taken = new ArrayList<Pair>();
        for (var pair : pairs) {
            Effort.step();
            if (!isWorth(pair, counts[pair.of()]) || !acyclic.add(pair.of(), pair.on())) {
                untaken.add(pair);
                continue;
            }
            counts[pair.of()]++;
            if (rules.isResult(pair.of(), pair.on())) needs.get(pair.of()).add(pair.on());
            taken.add(pair);
        }
        for (var pair : taken.reversed()) {
            boolean result = needs.get(pair.of()).remove(pair.on());
            if (!isWorth(pair, 0)) continue;
            if (result) needs.get(pair.of()).add(pair.on());
            found.add(inferred(pair));
        }
    }

    /** Whether it checks all that is made, and makes nothing itself. */
    private boolean isCheck(int subject) {
        boolean quality = rules.isQuality(subject) && !evidence.profile(subject).makes();
        return quality || evidence.type(subject) == WorkType.VERIFICATION;
    }

    private boolean isMade(int subject) {
        return evidence.type(subject).makes() && !isCheck(subject);
    }

    /** Lets all that is made and waits for nothing else wait for what sets up the project, if one does. */
    private void setUp() {
        var setUps = new HashMap<Integer, List<Integer>>();
        for (int i = 0; i < subjects.size(); i++)
            if (evidence.type(i) == WorkType.SET_UP)
                setUps.computeIfAbsent(rules.document(i), key -> new ArrayList<>())
                        .add(i);
        for (int of = 0; of < subjects.size(); of++) {
            var own = setUps.getOrDefault(rules.document(of), List.of());
            if (own.size() != 1 || !isMade(of) || !needs.get(of).isEmpty()) continue;
            int on = own.getFirst();
            if (isInLaterPhase(of, on) || !rules.allows(of, on) || !acyclic.add(of, on)) continue;
            needs.get(of).add(on);
            counts[of]++;
            found.add(new Inferred(
                    of, on, Inferred.Basis.LAYER, "is built in what " + reasons.quoted(on) + " sets up", SET_UP));
        }
    }

    private boolean isWorth(Pair pair, int before) {
        double least = model.threshold() + model.another() * before;
        if (before >= MOST || pair.score() < least) return false;
        return pair.score() >= least + model.implied() || !isImplied(pair);
    }

    private boolean isInLaterPhase(int of, int on) {
        var own = evidence.profile(of).phase();
        var other = evidence.profile(on).phase();
        return own.isPresent() && other.isPresent() && other.getAsInt() > own.getAsInt();
    }

    private Inferred inferred(Pair pair) {
        var own = evidence.profile(pair.of());
        var other = evidence.profile(pair.on());
        boolean next = own.section() == other.section() && own.place() == other.place() + 1;
        var reason = reasons.of(pair.of(), pair.on(), next);
        boolean identified = own.needsIdentity() && other.makesIdentity();
        var because = identified
                ? "is for people who are known, and " + reasons.quoted(pair.on()) + " finds out who somebody is"
                : reason.because();
        return new Inferred(pair.of(), pair.on(), reason.basis(), because, model.confidence(pair.score()));
    }

    private boolean isImplied(Pair pair) {
        return WholeNeeds.isImplied(pair.of(), pair.on(), needs);
    }

    /** What is about the whole comes after what the whole is made of. */
    private final class Wholes implements WholeNeeds.Tasks {
        @Override
        public boolean isMade(int subject) {
            return DocumentNeeds.this.isMade(subject);
        }

        @Override
        public boolean isAboutTheWhole(int subject) {
            return switch (evidence.type(subject)) {
                case TESTS, DEPLOYMENT -> counts[subject] == 0;
                default -> isCheck(subject);
            };
        }

        @Override
        public int document(int subject) {
            return rules.document(subject);
        }

        @Override
        public boolean allows(int of, int on) {
            return !isInLaterPhase(of, on) && rules.allows(of, on);
        }
    }
}
