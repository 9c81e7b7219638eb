package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.model.Ruling;
import io.taskweaver.requirements.document.Outline;
import io.taskweaver.requirements.document.OutlineReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a document asks for. A document says the same thing more than once, as features, as a roadmap, as numbered
 * requirements: the surest kind of statement that it has is taken, the others are brought into it or are context.
 */
public final class Analyst {
    private Analyst() {}

    /** What the document says. */
    public static Analysis analyse(Document document) {
        return analyse(document, List.of());
    }

    /**
     * What the document says.
     *
     * @param rulings what an agent says of statements that are unsure
     */
    public static Analysis analyse(Document document, List<Ruling> rulings) {
        if (Specification.of(document).orElse(null) instanceof Specification.Read read)
            return read.document().analysis();
        var outline = OutlineReader.read(document);
        return remarked(AnalysisTrace.of(outline, rulings).analysis(), outline, document);
    }

    /** The statements of which the rules cannot tell whether they ask for work, in document order. */
    public static List<UnsureStatement> unsure(Document document) {
        if (Specification.of(document).isPresent()) return List.of();
        var outline = OutlineReader.read(document);
        return AnalysisTrace.of(outline, List.of()).unsure();
    }

    /** What the document says, and what became of each of its lines. */
    public static AnalyzedDocument read(Document document) {
        return read(document, List.of());
    }

    /**
     * What the document says, and what became of each of its lines.
     *
     * @param rulings what an agent says of statements that are unsure
     */
    public static AnalyzedDocument read(Document document, List<Ruling> rulings) {
        if (Specification.of(document).orElse(null) instanceof Specification.Read read) return read.document();
        var outline = OutlineReader.read(document);
        var study = AnalysisTrace.of(outline, rulings);
        return new AnalyzedDocument(
                remarked(study.analysis(), outline, document),
                new Accounting(outline).study(study).ruled(rulings).account());
    }

    /** What a document is called by its file, where nothing in it says so. */
    public static Optional<String> titleOfFile(Document document) {
        return Headings.titleOfPath(document.path());
    }

    /** Why a document cannot be read as what it begins as: a feature, a description of an interface. */
    public static Optional<ReadingNotice> problem(Document document) {
        return Specification.of(document).flatMap(found -> switch (found) {
            case Specification.Read _ -> Optional.empty();
            case Specification.Broken broken ->
                Optional.of(new ReadingNotice("unreadable-specification", broken.problem(), Optional.of(broken.at())));
        });
    }

    /** An analysis with what else the document says, what was read otherwise than it is written, and what could not be read. */
    private static Analysis remarked(Analysis analysis, Outline outline, Document document) {
        var language = Language.unknown(document);
        var remarks = new ArrayList<ReadingNotice>();
        language.ifPresent(remarks::add);
        for (var repair : outline.repairs())
            remarks.add(new ReadingNotice(repair.code(), repair.message(), Optional.of(repair.at())));
        remarks.addAll(analysis.remarks());
        return new Analysis(
                analysis.title(),
                analysis.requirements(),
                analysis.constraints(),
                analysis.boundaries(),
                analysis.components(),
                analysis.entities(),
                remarks,
                BackgroundReader.read(outline, document, analysis));
    }
}
