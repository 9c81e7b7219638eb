package io.taskweaver.requirements.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A requirement like another one, but for what is said here. */
public final class RequirementChange {
    private final Requirement base;
    private Optional<String> id;
    private String title;
    private String text;
    private List<String> criteria;
    /** The criteria once one was added, which are then this one's own. */
    private @Nullable Set<String> known;

    private Optional<Component> component;
    private List<Dependence> dependences;
    private Optional<Importance> importance;
    private List<String> tags;
    private Optional<Requirement.Part> part;
    private boolean done;

    RequirementChange(Requirement base) {
        this.base = base;
        this.id = base.id();
        this.title = base.title();
        this.text = base.text();
        this.criteria = base.criteria();
        this.component = base.component();
        this.dependences = base.dependences();
        this.importance = base.importance();
        this.tags = base.tags();
        this.part = base.part();
        this.done = base.done();
    }

    public RequirementChange id(Optional<String> stated) {
        id = stated;
        return this;
    }

    public RequirementChange title(String words) {
        title = words;
        return this;
    }

    public RequirementChange text(String words) {
        text = words;
        return this;
    }

    public RequirementChange criteria(List<String> all) {
        criteria = all;
        known = null;
        return this;
    }

    /** One more criterion, unless it is there already. */
    public RequirementChange criterion(String more) {
        if (known == null) {
            known = new HashSet<>(criteria);
            criteria = new ArrayList<>(criteria);
        }
        if (known.add(more)) criteria.add(more);
        return this;
    }

    public RequirementChange component(Optional<Component> named) {
        component = named;
        return this;
    }

    public RequirementChange dependences(List<Dependence> all) {
        dependences = all;
        return this;
    }

    public RequirementChange importance(Optional<Importance> said) {
        importance = said;
        return this;
    }

    /** One more tag, unless it is there already. */
    public RequirementChange tag(String more) {
        if (!tags.contains(more)) tags = with(tags, more);
        return this;
    }

    public RequirementChange part(Requirement.Part which) {
        part = Optional.of(which);
        return this;
    }

    public RequirementChange done(boolean whether) {
        done = whether;
        return this;
    }

    /** The changed requirement. */
    public Requirement made() {
        return new Requirement(
                id,
                title,
                text,
                criteria,
                component,
                base.section(),
                base.quality(),
                base.process(),
                done,
                importance,
                dependences,
                base.list(),
                base.number(),
                tags,
                part,
                base.at());
    }

    private static List<String> with(List<String> some, String more) {
        var all = new ArrayList<>(some);
        all.add(more);
        return all;
    }
}
