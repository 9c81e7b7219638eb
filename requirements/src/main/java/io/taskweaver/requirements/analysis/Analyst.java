package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.document.OutlineReader;

/**
 * Reads what a document asks for. A document says the same thing more than once, as features, as a roadmap, as numbered
 * requirements: the surest kind of statement that it has is taken, the others are brought into it or are context.
 */
public final class Analyst {
    private Analyst() {}

    /** What the document says. */
    public static Analysis analyse(Document document) {
        var outline = OutlineReader.read(document);
        return AnalysisTrace.of(outline.root(), document.path(), outline.title())
                .analysis();
    }

    /** What the document says, and what became of each of its lines. */
    public static AnalyzedDocument read(Document document) {
        var outline = OutlineReader.read(document);
        var study = AnalysisTrace.of(outline.root(), document.path(), outline.title());
        return new AnalyzedDocument(
                study.analysis(), new Accounting(outline).study(study).account());
    }
}
