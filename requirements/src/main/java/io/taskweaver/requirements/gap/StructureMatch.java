package io.taskweaver.requirements.gap;

import io.taskweaver.model.CodeEvidence;
import io.taskweaver.model.Finding;
import io.taskweaver.model.Verdict;
import io.taskweaver.requirements.analysis.Component;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Module;
import io.taskweaver.requirements.code.Modules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the components and dependencies of STRUCTURE.md with the modules and types of the code. */
final class StructureMatch {
    private final Map<String, Place> places = new HashMap<>();

    /** Where a component is, and the module that it is or is in. */
    private record Place(CodeEvidence evidence, Module module) {}

    private StructureMatch(CodeMap map) {
        var modules = Modules.of(map);
        for (var module : modules) {
            var first = module.files().getFirst();
            name(
                    module.name(),
                    new Place(
                            new CodeEvidence(
                                    module.place().isEmpty() ? first.path() : module.place(), 0, module.name()),
                            module));
        }
        for (var module : modules)
            for (var file : module.files())
                for (var declaration : file.declarations())
                    if (declaration.isType() && declaration.owner().isEmpty())
                        name(
                                declaration.name(),
                                new Place(
                                        new CodeEvidence(file.path(), declaration.line(), declaration.name()), module));
    }

    private void name(String name, Place place) {
        places.putIfAbsent(key(name.substring(name.lastIndexOf('/') + 1)), place);
    }

    private static String key(String name) {
        return String.join(" ", CodeTerms.of(name));
    }

    /** Findings about each component, then about each dependency, in the document's order. */
    static List<Finding> findings(Structure structure, CodeMap map) {
        var match = new StructureMatch(map);
        var findings = new ArrayList<Finding>();
        for (var component : structure.components()) findings.add(match.component(component));
        var seen = new HashSet<String>();
        for (var link : structure.links()) if (seen.add(link.from() + "\n" + link.to())) findings.add(match.link(link));
        return findings;
    }

    private Finding component(Component component) {
        var place = place(component.name())
                .or(() -> component.aliases().stream()
                        .map(this::place)
                        .flatMap(Optional::stream)
                        .findFirst());
        return new Finding(
                Finding.Subject.COMPONENT,
                Optional.empty(),
                component.name(),
                Optional.empty(),
                place.isPresent() ? Verdict.EXISTS : Verdict.MISSING,
                place.isPresent() ? 0.8 : 0.7,
                place.isPresent()
                        ? "The code has a module or type of this name."
                        : "No module and no type has this name.",
                place.map(Place::evidence).stream().toList());
    }

    private Finding link(Structure.Link link) {
        var from = place(link.from());
        var to = place(link.to());
        if (from.isEmpty() || to.isEmpty())
            return link(link, Verdict.MISSING, 0.6, "The code does not contain both components.", List.of());
        var ends = List.of(from.get().evidence(), to.get().evidence());
        var one = from.get().module();
        var other = to.get().module();
        if (one.name().equals(other.name()))
            return link(link, Verdict.PARTIAL, 0.5, "Both are in " + one.name() + ".", ends);
        if (one.uses().contains(other.name()))
            return link(link, Verdict.EXISTS, 0.9, one.name() + " uses " + other.name() + ".", ends);
        if (other.uses().contains(one.name()))
            return link(
                    link,
                    Verdict.CONTRADICTED,
                    0.8,
                    "In the code " + other.name() + " uses " + one.name() + ", not the other way round.",
                    ends);
        return link(link, Verdict.MISSING, 0.7, one.name() + " does not use " + other.name() + " yet.", ends);
    }

    private Optional<Place> place(String name) {
        return Optional.ofNullable(places.get(key(name)));
    }

    private static Finding link(
            Structure.Link link, Verdict verdict, double confidence, String because, List<CodeEvidence> evidence) {
        return new Finding(
                Finding.Subject.DEPENDENCY,
                Optional.empty(),
                link.from() + " -> " + link.to(),
                Optional.of(link.at()),
                verdict,
                confidence,
                because,
                evidence);
    }
}
