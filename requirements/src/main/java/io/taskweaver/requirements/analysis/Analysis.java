package io.taskweaver.requirements.analysis;

import java.util.List;
import java.util.Optional;

/**
 * What a document says.
 *
 * @param title what it is about, if it says so
 * @param requirements in document order
 * @param constraints what binds everything
 * @param boundaries what is not to be done, and what is taken for granted
 * @param components parts of the product that it lists, beside those that group requirements
 * @param entities what the product keeps data of, where the document lists it; also among the constraints
 * @param background what else it says
 */
public record Analysis(
        Optional<String> title,
        List<Requirement> requirements,
        List<Statement> constraints,
        List<Statement> boundaries,
        List<Component> components,
        List<Component> entities,
        List<ReadingNotice> remarks,
        Background background) {
    public Analysis {
        requirements = List.copyOf(requirements);
        constraints = List.copyOf(constraints);
        boundaries = List.copyOf(boundaries);
        components = List.copyOf(components);
        entities = List.copyOf(entities);
        remarks = List.copyOf(remarks);
    }
}
