package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Specification.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A document that states requirements in a language of its own: features in Gherkin, an interface in OpenAPI. */
sealed interface Specification {
    /** It says this. */
    record Read(AnalyzedDocument document) implements Specification {}

    /** It is not what it begins as. */
    record Broken(String problem, SourceSpan at) implements Specification {}

    /** What a document specifies; empty if it is prose. */
    static Optional<Specification> of(Document document) {
        if (FeatureReader.isFeature(document)) return Optional.of(FeatureReader.read(document));
        return OpenApiReader.isOpenApi(document) ? Optional.of(OpenApiReader.read(document)) : Optional.empty();
    }

    /** What is made of a document while it is read. */
    final class Draft {

        private final Document document;
        private final String[] lines;
        private final LineUse[] uses;
        private final String[] what;
        private final List<Requirement> requirements = new ArrayList<>();
        private final List<Statement> constraints = new ArrayList<>();

        Draft(Document document) {
            this.document = document;
            this.lines = document.content().split("\r\n|\r|\n", -1);
            this.uses = new LineUse[lines.length];
            this.what = new String[lines.length];
        }

        /** Lines from one to another, within the document; blank ones at the end left out. */
        SourceSpan span(int first, int last) {
            int begin = Math.clamp(first, 1, lines.length);
            int end = Math.clamp(last, begin, lines.length);
            while (end > begin && lines[end - 1].isBlank()) end--;
            return new SourceSpan(document.path(), begin, end);
        }

        int number() {
            return requirements.size() + 1;
        }

        void constraint(String text, SourceSpan at) {
            constraints.add(new Statement(text, at));
            use(at, LineUse.CONSTRAINT, text);
        }

        void requirement(Requirement requirement) {
            requirements.add(requirement);
            var name = requirement.id().orElse(requirement.title());
            use(requirement.at(), LineUse.DETAIL, name);
            int first = requirement.at().firstLine();
            use(span(first, first), requirement.done() ? LineUse.DONE_TASK : LineUse.TASK, name);
        }

        void use(SourceSpan at, LineUse use, String name) {
            for (int line = at.firstLine(); line <= at.lastLine(); line++) {
                if (lines[line - 1].isBlank()) continue;
                uses[line - 1] = use;
                what[line - 1] = name;
            }
        }

        Read read(Optional<String> title, List<Component> entities) {
            var account = new ArrayList<LineAccount.Line>();
            for (int i = 0; i < lines.length; i++) {
                var use = lines[i].isBlank() ? LineUse.BLANK : uses[i] == null ? LineUse.PROSE : uses[i];
                var rule = use == LineUse.BLANK
                        ? ""
                        : use == LineUse.PROSE ? IgnoredLines.NO_DEMAND : "is said in the language of the document";
                account.add(new LineAccount.Line(i + 1, use, what[i] == null ? "" : what[i], rule, Sureness.CERTAIN));
            }
            var analysis = new Analysis(
                    title, requirements, constraints, List.of(), List.of(), entities, List.of(), Background.NONE);
            return new Read(new AnalyzedDocument(analysis, new LineAccount(document.path(), account)));
        }
    }
}
