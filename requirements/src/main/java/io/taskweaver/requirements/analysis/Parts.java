package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Statements that say of themselves what they are a part of: by an id that extends the id of the requirement around them, or by
 * a column that names what they refer to. They are criteria, with their ids, of that.
 */
final class Parts {
    private static final Set<String> TASKS = Set.of("T", "TASK", "TK", "WP", "AP", "ST", "PBI", "BL", "ISSUE");
    /** What stands between the parts of an id, be it nothing: between letters and a digit, between numbers. */
    private static final Pattern SEPARATORS = Pattern.compile("[ ._-]+|(?<=\\p{L})(?=\\p{N})");

    private static final Pattern REFERENCE =
            Pattern.compile("\\p{L}[\\p{L}\\p{N}]{0,9}[ ._-]?\\p{N}{1,6}(?:[.]\\p{N}{1,3}){0,2}");

    private Parts() {}

    /** The ids in a cell that names what its row refers to. */
    static List<String> references(String cell) {
        return REFERENCE.matcher(cell).results().map(MatchResult::group).toList();
    }

    /**
     * A statement that may be a part.
     *
     * @param at lines of the statement
     * @param hosts ids of what it may be a part of
     * @param isBelow whether it stands below it
     */
    record Claim(SourceSpan at, List<String> hosts, boolean isBelow) {
        Claim {
            hosts = List.copyOf(hosts);
        }
    }

    /** Whether an id has the digits or letter of a part behind those of another: RF-2.1 or RF-2a below RF-2. */
    static boolean extend(String id, String outer) {
        if (outer.isEmpty() || id.length() <= outer.length() || !id.startsWith(outer)) return false;
        char next = id.charAt(outer.length());
        if (next == '.' || next == '-' || next == '_')
            return id.length() > outer.length() + 1 && Character.isDigit(id.charAt(outer.length() + 1));
        return Character.isLetter(next) && id.length() == outer.length() + 1;
    }

    /**
     * Statements that only introduce those whose ids extend theirs: "UI-1: These views are there:", or a heading "RF-1 Login"
     * of which nothing is said; with the ids of those.
     */
    static Map<Candidate, List<String>> groups(List<Candidate> candidates) {
        var inner = new HashMap<String, List<String>>();
        for (var candidate : candidates) {
            var id = Folding.idOf(candidate);
            int end = id.lastIndexOf('.');
            if (end > 0 && candidate.tier() == Tier.NUMBERED)
                inner.computeIfAbsent(id.substring(0, end), key -> new ArrayList<>())
                        .add(id);
        }
        var groups = new IdentityHashMap<Candidate, List<String>>();
        for (var candidate : candidates) {
            var own = inner.getOrDefault(Folding.idOf(candidate), List.of());
            if (!own.isEmpty() && introduces(candidate) || own.size() > 1 && isOnlyNamed(candidate))
                groups.put(candidate, own);
        }
        return groups;
    }

    private static boolean isOnlyNamed(Candidate candidate) {
        var requirement = candidate.requirement();
        return candidate.tier() == Tier.NUMBERED
                && isPlain(candidate)
                && requirement.dependences().isEmpty()
                && requirement.text().equals(requirement.title());
    }

    /** The candidates without groups; what needs a group needs what it introduces. */
    static List<Candidate> ungrouped(List<Candidate> candidates, Map<Candidate, List<String>> groups) {
        var inner = new HashMap<String, List<String>>();
        groups.forEach((group, ids) -> inner.put(Folding.idOf(group), ids));
        return candidates.stream()
                .filter(candidate -> !groups.containsKey(candidate))
                .map(candidate -> pointing(candidate, inner))
                .toList();
    }

    private static Candidate pointing(Candidate candidate, Map<String, List<String>> inner) {
        var requirement = candidate.requirement();
        boolean points = requirement.dependences().stream()
                .flatMap(dependence -> dependence.references().stream())
                .anyMatch(reference -> reference instanceof Reference.Id(var id) && inner.containsKey(id));
        if (!points) return candidate;
        var dependences = requirement.dependences().stream()
                .map(dependence -> new Dependence(
                        dependence.references().stream()
                                .flatMap(reference -> reference instanceof Reference.Id(var id) && inner.containsKey(id)
                                        ? inner.get(id).stream().map(Reference.Id::new)
                                        : Stream.of(reference))
                                .toList(),
                        dependence.because(),
                        dependence.certain(),
                        dependence.at()))
                .toList();
        return candidate.with(requirement.toBuilder().dependences(dependences).build());
    }

    private static boolean introduces(Candidate candidate) {
        var text = candidate.requirement().text().strip();
        return candidate.tier() == Tier.NUMBERED && isPlain(candidate) && (text.endsWith(":") || text.endsWith("："));
    }

    /** The candidates, with parts as criteria of what they are parts of. */
    static List<Candidate> folded(List<Candidate> candidates, List<Claim> claims, List<ReadingNotice> remarks) {
        if (claims.isEmpty()) return candidates;
        var claimed = new HashMap<SourceSpan, Claim>();
        for (var claim : claims) claimed.put(claim.at(), claim);
        var hosts = new HashMap<String, Candidate>();
        for (var candidate : candidates)
            if (candidate.tier() == Tier.NUMBERED && !claimed.containsKey(at(candidate)))
                hosts.putIfAbsent(key(Folding.idOf(candidate)), candidate);
        var named = named(claims);
        var folding = new Folding();
        for (var candidate : candidates) {
            var claim = claimed.get(at(candidate));
            if (claim == null || candidate.tier() != Tier.NUMBERED || !isPlain(candidate)) continue;
            host(claim, hosts, named)
                    .filter(host -> fits(host, candidate, claim))
                    .ifPresent(host -> folding.fold(candidate, host));
        }
        if (folding.isEmpty()) return candidates;
        remarks.add(folding.remark(
                "part-of-another",
                "is a part of another, by its id or by what it refers to; it is a criterion of that",
                "are parts of others, by their ids or by what they refer to; they are criteria of those"));
        return folding.applied(candidates);
    }

    private static SourceSpan at(Candidate candidate) {
        return candidate.requirement().at();
    }

    /** How many rows refer to an id: of several that share one, each is work of its own. */
    private static Map<String, Integer> named(List<Claim> claims) {
        var named = new HashMap<String, Integer>();
        for (var claim : claims)
            if (!claim.isBelow()) for (var id : claim.hosts()) named.merge(key(id), 1, Integer::sum);
        return named;
    }

    private static Optional<Candidate> host(Claim claim, Map<String, Candidate> hosts, Map<String, Integer> named) {
        for (var id : claim.hosts()) {
            var host = hosts.get(key(id));
            if (host != null && (claim.isBelow() || named.getOrDefault(key(id), 0) == 1)) return Optional.of(host);
        }
        return Optional.empty();
    }

    /** Whether nothing marks it as a task of its own. */
    private static boolean isPlain(Candidate candidate) {
        var requirement = candidate.requirement();
        return !candidate.boxed()
                && !requirement.done()
                && requirement.importance().isEmpty()
                && requirement.criteria().isEmpty();
    }

    private static boolean fits(Candidate host, Candidate part, Claim claim) {
        if (host.requirement().done()) return false;
        if (!claim.isBelow()) return Retellings.isRequirement(host) && isShown(part);
        // What only names a group has its parts as tasks.
        var into = host.requirement();
        return !into.text().equals(into.title());
    }

    /** Whether it is no requirement, story or task itself, but a view, an interface or a quality of what it refers to. */
    private static boolean isShown(Candidate part) {
        return !Retellings.isRequirement(part)
                && !Retellings.isTale(part)
                && !TASKS.contains(Ids.kindOf(Folding.idOf(part)).toUpperCase(Locale.ROOT));
    }

    /** An id as all write it: "FUN 1", "FUN1" and "FUN.1" are one. */
    static String key(String id) {
        return SEPARATORS.matcher(id).replaceAll(".").toUpperCase(Locale.ROOT);
    }
}
