package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Analysis;
import io.taskweaver.requirements.analysis.Component;
import io.taskweaver.requirements.analysis.Importance;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.analysis.RequirementBuilder;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Foundations that requirements share. What several need and none provides becomes one task of its own, so that no two
 * agents build it twice; who needs it waits for its contract only. What a requirement provides is left to it. What a
 * document rules out is never added.
 */
final class SharedFoundations {
    /** The tag of tasks that no document states. */
    static final String TAG = "foundation";

    /** Fewer have no need to agree. */
    private static final int ENOUGH = 3;

    private static final double NEEDED = 0.7;

    final List<Notice> notices = new ArrayList<>();
    private final List<RequirementCollection.Item> items;
    private final List<Shared> shared = new ArrayList<>();

    private SharedFoundations(List<RequirementCollection.Item> items) {
        this.items = items;
    }

    /** Who provides what a concern asks for, and who needs it. */
    private static final class Shared {
        final CrossCuttingConcern concern;
        final String text;
        final List<Integer> providers = new ArrayList<>();
        /** The phrase by which each item needs it. */
        final Map<Integer, String> needs = new LinkedHashMap<>();

        private final Phrases provided;
        private final Phrases needed;
        private final Set<String> statements = new HashSet<>();

        Shared(CrossCuttingConcern concern) {
            this(concern, concern.text, concern.needed);
        }

        Shared(CrossCuttingConcern concern, String text, List<String> needed) {
            this.concern = concern;
            this.text = text;
            this.provided = new Phrases(concern.provided);
            this.needed = new Phrases(needed);
        }

        void read(int item, Requirement requirement, RequirementWords wording) {
            if (isProvidedBy(requirement, wording)) {
                providers.add(item);
                return;
            }
            if (requirement.done()) return;
            phrase(needed, wording).ifPresent(found -> {
                needs.put(item, found);
                statements.add(wording.statement());
            });
        }

        private boolean isProvidedBy(Requirement requirement, RequirementWords wording) {
            return requirement.id().filter(concern.id()::equals).isPresent()
                    || requirement
                            .component()
                            .filter(own -> isNamed(concern, own))
                            .isPresent()
                    || wording.title().stream()
                            .anyMatch(clause -> provided.in(clause).isPresent());
        }

        private static Optional<String> phrase(Phrases phrases, RequirementWords wording) {
            return wording.clauses().stream()
                    .flatMap(clause -> phrases.in(clause).stream())
                    .findFirst();
        }

        boolean isMissing() {
            return providers.isEmpty() && statements.size() >= ENOUGH;
        }
    }

    /** Adds to the items what they share and nobody provides. */
    static SharedFoundations extract(
            List<RequirementCollection.Item> items, List<Analysis> analyses, Structure structure) {
        var foundations = new SharedFoundations(items);
        var wording = new ArrayList<RequirementWords>();
        for (int i = 0; i < items.size(); i++)
            wording.add(RequirementWords.by(i, items.get(i).requirement()));
        for (var concern : CrossCuttingConcern.values())
            if (!isRuledOut(concern, analyses))
                shared(concern, analyses, wording).ifPresent(foundations.shared::add);
        for (int i = 0; i < wording.size(); i++) foundations.read(i, wording.get(i));
        for (var one : foundations.shared) if (one.isMissing()) foundations.add(one, structure);
        return foundations;
    }

    private static Optional<Shared> shared(
            CrossCuttingConcern concern, List<Analysis> analyses, List<RequirementWords> wording) {
        if (concern != CrossCuttingConcern.DATA_MODEL) return Optional.of(new Shared(concern));
        var listed = SharedEntities.listed(analyses);
        var entities = listed.isEmpty() ? SharedEntities.found(wording) : listed;
        if (entities.isEmpty()) return Optional.empty();
        var text = new StringBuilder(concern.text);
        entities.values().forEach(entity -> text.append("\n- ").append(entity));
        return Optional.of(new Shared(concern, text.toString(), List.copyOf(entities.keySet())));
    }

    private void read(int item, RequirementWords wording) {
        Effort.step();
        var requirement = items.get(item).requirement();
        if (requirement.process()) return;
        for (var one : shared) one.read(item, requirement, wording);
    }

    private void add(Shared one, Structure structure) {
        var concern = one.concern;
        var first = items.get(one.needs.keySet().iterator().next());
        var name = concern.component.toLowerCase(Locale.ROOT);
        var component = structure.components().stream()
                .filter(named -> isNamed(concern, named))
                .findFirst()
                .orElse(new Component(concern.component, one.text, List.of()));
        one.providers.add(items.size());
        items.add(new RequirementCollection.Item(
                first.document(),
                RequirementBuilder.builder()
                        .id(Optional.of(concern.id()))
                        .title(concern.title)
                        .text(one.text)
                        .criteria(concern.criteria)
                        .component(Optional.of(component))
                        .importance(Optional.of(Importance.HIGH))
                        .tags(List.of(TAG))
                        .at(first.requirement().at())
                        .build()));
        notices.add(new Notice(
                "foundation-added",
                one.needs.size() + " requirements need the same " + name
                        + ", the first is '" + first.requirement().title() + "', and none provides it: "
                        + concern.id()
                        + " was added. State it as a requirement to specify it, or as out of scope to omit it.",
                Optional.of(first.requirement().at())));
    }

    /** Lets those that need a foundation wait for the contract of the component that it is in. */
    void connect(ComponentAssignment catalogue, Dependencies dependencies) {
        for (var one : shared) {
            var component = one.providers.stream()
                    .filter(item -> !items.get(item).done())
                    .map(item -> catalogue.entryOf[item])
                    .filter(entry -> entry >= 0)
                    .findFirst();
            if (component.isEmpty()) continue;
            int on = component.get();
            one.needs.forEach((item, phrase) -> {
                boolean waits = catalogue.entryOf[item] != on
                        && !items.get(item).done()
                        && !items.get(item).requirement().quality();
                if (waits)
                    dependencies
                            .contracts
                            .get(item)
                            .putIfAbsent(
                                    on,
                                    new Dependencies.Edge(on, Need.Reason.MENTION, "says '" + phrase + "'", NEEDED));
            });
        }
    }

    private static boolean isRuledOut(CrossCuttingConcern concern, List<Analysis> analyses) {
        var phrases = new ArrayList<>(concern.names);
        phrases.addAll(concern.provided);
        var named = new Phrases(phrases);
        return analyses.stream()
                .flatMap(analysis -> analysis.boundaries().stream())
                .anyMatch(boundary -> named.in(affirmed(boundary.text())).isPresent());
    }

    /** A boundary denies what it names, with a "no" or without. */
    private static List<String> affirmed(String boundary) {
        return Words.singulars(boundary).stream()
                .filter(word -> !Phrases.isDenial(word))
                .toList();
    }

    private static boolean isNamed(CrossCuttingConcern concern, Component component) {
        return concern.names.contains(String.join(" ", Words.singulars(component.name())));
    }
}
