package io.taskweaver.requirements.gap;

import io.taskweaver.model.CodeEvidence;
import io.taskweaver.model.Finding;
import io.taskweaver.model.Verdict;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.code.Declaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares one requirement with the code. Careful: a requirement that is wrongly taken for done is work lost, so it counts as
 * done only if all words of its title come together in one operation with what it is declared in, most words of its text
 * lie near, and, where it has criteria, a test is named after it.
 */
final class RequirementMatch {
    /** Share of the title's weight that makes it partly there. */
    private static final double SOME = 0.6;

    /** Share of the text's weight that has to be found near an operation that has all of the title. */
    private static final double MOST = 0.6;

    private static final int MOST_EVIDENCE = 3;
    private static final Pattern CODE = Pattern.compile("`([^`\\s]{3,120})`");
    private static final Pattern ROUTE =
            Pattern.compile("(?<![\\w/.:])(?:(GET|POST|PUT|DELETE|PATCH)\\s+)?(/[A-Za-z][\\w./{}:<>-]*)");

    private final Requirement requirement;
    private final CodeIndex index;
    private final Set<String> title;
    private final Set<String> text;

    RequirementMatch(Requirement requirement, CodeIndex index) {
        this.requirement = requirement;
        this.index = index;
        this.text = CodeTerms.of(requirement.title() + " " + requirement.text());
        var own = CodeTerms.of(requirement.title());
        this.title = own.size() < 2 ? text : own;
    }

    private record Scored(CodeIndex.Candidate candidate, double coverage) {}

    Finding finding() {
        var all = new LinkedHashSet<>(text);
        requirement.criteria().forEach(criterion -> all.addAll(CodeTerms.of(criterion)));
        var words = requirement.title() + "\n" + requirement.text() + "\n" + String.join("\n", requirement.criteria());
        var contradiction = Numbers.contradiction(words, all, index);
        if (contradiction.isPresent()) return contradicted(contradiction.get());
        if (requirement.process())
            return finding(Verdict.MISSING, 0.3, "The code does not show how work is done.", List.of());
        if (requirement.quality())
            return finding(Verdict.MISSING, 0.3, "Declarations do not show quality attributes.", List.of());
        var named = named(words);
        var scored = scored();
        var best = scored.stream().findFirst();
        if (best.isPresent() && isWhole(best.get())) return whole(best.get());
        var some = scored.stream().limit(MOST_EVIDENCE).toList();
        if (!some.isEmpty() || !named.isEmpty()) return partial(some, named);
        return finding(Verdict.MISSING, 0.7, "No declaration matches its words.", List.of());
    }

    private Finding contradicted(Numbers.Contradiction contradiction) {
        var constant = contradiction.constant();
        return finding(
                Verdict.CONTRADICTED,
                0.7,
                "It says '" + contradiction.stated() + "', but "
                        + constant.declaration().symbol() + " is "
                        + constant.declaration().detail() + ".",
                List.of(constant.evidence()));
    }

    private List<Scored> scored() {
        var found = new ArrayList<Scored>();
        for (var candidate : index.sharing(title)) {
            double coverage = share(title, candidate.name(), candidate.near());
            boolean named = candidate.name().stream().anyMatch(title::contains);
            if (named && (coverage >= SOME || isSameAction(candidate))) found.add(new Scored(candidate, coverage));
        }
        // The sort is stable: among equals the order of the code stands.
        found.sort(Comparator.comparingDouble(Scored::coverage)
                .thenComparingInt(match -> match.candidate().declaration().isType() ? 0 : 1)
                .reversed());
        return found;
    }

    /** Share of the terms' weight that is in a name or near it. */
    private double share(Set<String> terms, Set<String> name, Set<String> near) {
        double sum = 0;
        double have = 0;
        for (var term : terms) {
            double weight = index.weight(term);
            sum += weight;
            if (name.contains(term) || near.contains(term)) have += weight;
        }
        return sum == 0 ? 0 : have / sum;
    }

    /** An operation that has all words of the title and can do it by its name; a type alone does nothing. */
    private boolean isWhole(Scored match) {
        var declaration = match.candidate().declaration();
        boolean does = declaration.kind() == Declaration.Kind.OPERATION || declaration.kind() == Declaration.Kind.ROUTE;
        return does && declaration.open() && title.size() > 1 && match.coverage() > 0.999 && actionIsNamed(match);
    }

    /** The words of what is done are in the operation's own name, not in its type's: an AppointmentBook alone books nothing. */
    private boolean actionIsNamed(Scored match) {
        var action = title.iterator().next();
        return match.candidate().name().contains(action)
                || title.stream()
                        .filter(CodeTerms::isAction)
                        .anyMatch(match.candidate().name()::contains);
    }

    /**
     * Whether an operation is named by the same action, first in the title, and done to something that the text names. An
     * action that half of all operations are called by says nothing.
     */
    private boolean isSameAction(CodeIndex.Candidate candidate) {
        var action = title.iterator().next();
        return candidate.declaration().kind() == Declaration.Kind.OPERATION
                && !CodeTerms.isAction(action)
                && candidate.name().contains(action)
                && candidate.near().stream().anyMatch(term -> !term.equals(action) && text.contains(term));
    }

    private Finding whole(Scored match) {
        var tests = index.testsOf(title);
        var evidence = new ArrayList<>(List.of(match.candidate().evidence()));
        evidence.addAll(tests);
        var near = new HashSet<>(match.candidate().near());
        near.addAll(match.candidate().name());
        near.addAll(index.ofFile(match.candidate().file().path()));
        near.addAll(match.candidate().file().mentions().stream()
                .flatMap(mention -> CodeTerms.of(mention).stream())
                .toList());
        double covered = share(text, near, Set.of());
        var symbol = match.candidate().declaration().symbol();
        if (!match.candidate().file().complete())
            return finding(
                    Verdict.PARTIAL,
                    0.6,
                    symbol + " does what its title says, in a file with syntax errors.",
                    evidence);
        if (covered < MOST)
            return finding(
                    Verdict.PARTIAL, 0.6, symbol + " does what its title says, but its text asks for more.", evidence);
        if (!requirement.criteria().isEmpty() && tests.isEmpty())
            return finding(
                    Verdict.PARTIAL,
                    0.7,
                    symbol + " does what its title says, but no test shows that its criteria hold.",
                    evidence);
        return finding(
                Verdict.EXISTS,
                tests.isEmpty() ? 0.8 : 0.9,
                symbol + " has all its words" + (tests.isEmpty() ? "." : ", and a test is named after it."),
                evidence);
    }

    private Finding partial(List<Scored> some, List<CodeEvidence> named) {
        var evidence = new LinkedHashSet<>(named);
        some.forEach(match -> evidence.add(match.candidate().evidence()));
        var because = named.isEmpty()
                ? "Some of its words match "
                        + some.getFirst().candidate().declaration().symbol() + "."
                : "It names " + first(named) + ", which exists.";
        double confidence = named.isEmpty() ? Math.min(0.75, some.getFirst().coverage() * 0.8) : 0.75;
        return finding(
                Verdict.PARTIAL,
                confidence,
                because,
                evidence.stream().limit(MOST_EVIDENCE).toList());
    }

    private static String first(List<CodeEvidence> named) {
        return named.getFirst().symbol().isEmpty()
                ? named.getFirst().path()
                : named.getFirst().symbol();
    }

    /** What the requirement names in so many words and the code has: symbols, files, routes. */
    private List<CodeEvidence> named(String words) {
        var found = new LinkedHashSet<CodeEvidence>();
        var code = CODE.matcher(words);
        while (code.find()) {
            var name = code.group(1).replaceAll("\\(.*\\)$", "").replace('#', '.');
            if (index.paths.contains(name)) found.add(new CodeEvidence(name, 0, ""));
            else symbol(name).ifPresent(found::add);
        }
        var route = ROUTE.matcher(words);
        while (route.find())
            Optional.ofNullable(index.byRoute.get(CodeIndex.normalised(route.group(2))))
                    .ifPresent(found::add);
        return List.copyOf(found);
    }

    /** A symbol by its name, or by what is left of a qualified name without its package. */
    private Optional<CodeEvidence> symbol(String name) {
        for (var rest = name; ; rest = rest.substring(rest.indexOf('.') + 1)) {
            var found = index.bySymbol.get(rest);
            if (found != null) return Optional.of(found);
            if (rest.indexOf('.') < 0) return Optional.empty();
        }
    }

    private Finding finding(Verdict verdict, double confidence, String because, List<CodeEvidence> evidence) {
        return new Finding(
                Finding.Subject.REQUIREMENT,
                requirement.id(),
                requirement.title(),
                Optional.of(requirement.at()),
                verdict,
                Math.round(confidence * 100) / 100.0,
                because,
                evidence);
    }
}
