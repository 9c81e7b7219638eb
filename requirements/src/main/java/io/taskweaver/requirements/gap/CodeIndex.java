package io.taskweaver.requirements.gap;

import io.taskweaver.model.CodeEvidence;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Declaration;
import io.taskweaver.requirements.code.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A code base by the terms that its names consist of. */
final class CodeIndex {
    /** A term that more names have than this says little, and would cost time. */
    private static final int COMMONEST = 5_000;

    /**
     * One thing that can meet a requirement.
     *
     * @param name terms of its own name; of a route, of its path and of what serves it
     * @param near terms of what it is declared in, of its parameters and its file
     */
    record Candidate(SourceFile file, Declaration declaration, Set<String> name, Set<String> near) {
        CodeEvidence evidence() {
            return new CodeEvidence(file.path(), declaration.line(), declaration.symbol());
        }
    }

    final List<Candidate> candidates = new ArrayList<>();
    final List<Candidate> constants = new ArrayList<>();
    final Map<String, CodeEvidence> bySymbol = new HashMap<>();
    final Map<String, CodeEvidence> byRoute = new HashMap<>();
    final Set<String> paths;

    private final Map<String, List<Integer>> byTerm = new HashMap<>();
    private final Map<String, List<Candidate>> tests = new HashMap<>();
    private final Map<String, Set<String>> ofFile = new HashMap<>();

    CodeIndex(CodeMap map) {
        paths = new HashSet<>(map.paths());
        for (var file : map.files()) for (var declaration : file.declarations()) add(file, declaration);
    }

    private void add(SourceFile file, Declaration declaration) {
        var name = CodeTerms.of(
                declaration.kind() == Declaration.Kind.ROUTE
                        ? declaration.owner() + " " + declaration.name()
                        : declaration.name());
        var near = new HashSet<>(CodeTerms.of(declaration.owner() + " " + file.stem()));
        if (declaration.kind() == Declaration.Kind.OPERATION) near.addAll(CodeTerms.of(declaration.detail()));
        var candidate = new Candidate(file, declaration, name, near);
        if (file.isTest()) {
            for (var term : name)
                tests.computeIfAbsent(term, key -> new ArrayList<>()).add(candidate);
            return;
        }
        ofFile.computeIfAbsent(file.path(), path -> new HashSet<>()).addAll(name);
        switch (declaration.kind()) {
            case CONSTANT -> constants.add(candidate);
            case TYPE, INTERFACE, OPERATION, ROUTE -> {
                bySymbol.putIfAbsent(declaration.symbol(), candidate.evidence());
                if (declaration.owner().isEmpty()) bySymbol.putIfAbsent(declaration.name(), candidate.evidence());
                if (declaration.kind() == Declaration.Kind.ROUTE)
                    byRoute.putIfAbsent(normalised(declaration.name()), candidate.evidence());
                int number = candidates.size();
                candidates.add(candidate);
                var all = new HashSet<>(name);
                all.addAll(near);
                for (var term : all)
                    byTerm.computeIfAbsent(term, key -> new ArrayList<>()).add(number);
            }
        }
    }

    /** Candidates that share a term which is not too common, in the order of the code. */
    List<Candidate> sharing(Set<String> terms) {
        var numbers = new HashSet<Integer>();
        for (var term : terms) {
            var found = byTerm.getOrDefault(term, List.of());
            if (found.size() <= COMMONEST) numbers.addAll(found);
        }
        return numbers.stream().sorted().map(candidates::get).toList();
    }

    /** How specific a term is, 0 to 1: less, the more names have it. */
    double weight(String term) {
        int count = byTerm.getOrDefault(term, List.of()).size();
        return 1 / (1 + Math.log1p(count) / 4);
    }

    /** CodeTerms of all names in a file. */
    Set<String> ofFile(String path) {
        return ofFile.getOrDefault(path, Set.of());
    }

    /** Tests whose names have all of the terms. */
    List<CodeEvidence> testsOf(Set<String> terms) {
        if (terms.isEmpty()) return List.of();
        var rarest = terms.stream()
                .min(Comparator.comparingInt((String term) ->
                                tests.getOrDefault(term, List.of()).size())
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        return tests.getOrDefault(rarest, List.of()).stream()
                .filter(test -> test.name().containsAll(terms)
                        || (test.declaration().kind() == Declaration.Kind.OPERATION
                                && together(test).containsAll(terms)))
                .map(Candidate::evidence)
                .limit(1)
                .toList();
    }

    private static Set<String> together(Candidate candidate) {
        var all = new HashSet<>(candidate.name());
        all.addAll(candidate.near());
        return all;
    }

    /** The same for routes that differ in the names of their parameters only. */
    static String normalised(String route) {
        return route.replaceAll("\\{[^}/]*}|<[^>/]*>|:[A-Za-z_]\\w*", "*").replaceAll("/+$", "");
    }
}
