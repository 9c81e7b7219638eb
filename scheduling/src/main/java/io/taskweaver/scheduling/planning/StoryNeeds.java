package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Need;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.analysis.TextSimilarity;
import io.taskweaver.scheduling.inference.AcyclicGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lets user stories wait for the numbered requirements that detail them. A document with both says most things twice: who
 * works on a story then finds its parts made and brings them together, and no two agents build the same at once.
 */
final class StoryNeeds {
    private static final Set<String> STORIES = Set.of("us", "story", "uc");
    /** Share of a requirement's words, rare ones first, that the story has too. */
    private static final double SAME = 0.3;

    private static final double DETAILED = 0.8;
    private static final int LONGEST_QUOTE = 60;

    private StoryNeeds() {}

    /** Each requirement is taken to detail the one story that is most like it, if any is. */
    static void add(List<RequirementCollection.Item> items, Dependencies dependencies) {
        var stories = new ArrayList<Integer>();
        var texts = new ArrayList<String>();
        for (int item = 0; item < items.size(); item++) {
            var requirement = items.get(item).requirement();
            if (!isStory(requirement) || items.get(item).done()) continue;
            stories.add(item);
            texts.add(requirement.title() + " " + requirement.text() + " " + String.join(" ", requirement.criteria()));
        }
        if (stories.isEmpty()) return;
        var likeness = TextSimilarity.of(texts);
        var acyclic = AcyclicGraph.of(dependencies.resultsNeeded());
        for (int item = 0; item < items.size(); item++) {
            var requirement = items.get(item).requirement();
            if (!isDetail(requirement) || items.get(item).done()) continue;
            int like = likeness.mostCovering(requirement.title(), SAME);
            if (like < 0) continue;
            int story = stories.get(like);
            if (items.get(story).document() == items.get(item).document() && acyclic.add(story, item))
                dependencies
                        .results
                        .get(story)
                        .putIfAbsent(
                                item,
                                new Dependencies.Edge(
                                        item,
                                        Need.Reason.WORDS,
                                        "'" + quote(requirement) + "' details this story",
                                        DETAILED));
        }
    }

    private static String quote(Requirement requirement) {
        var title = requirement.title();
        return title.length() > LONGEST_QUOTE ? title.substring(0, LONGEST_QUOTE) + "…" : title;
    }

    private static boolean isStory(Requirement requirement) {
        return requirement
                .id()
                .map(Dependencies::kindOf)
                .filter(STORIES::contains)
                .isPresent();
    }

    private static boolean isDetail(Requirement requirement) {
        boolean numbered = requirement
                .id()
                .map(Dependencies::kindOf)
                .filter(kind -> !kind.isEmpty() && !STORIES.contains(kind))
                .isPresent();
        return numbered
                && !requirement.quality()
                && !requirement.process()
                && !requirement.tags().contains(SharedFoundations.TAG);
    }
}
