package io.taskweaver.wire.mapping;

import io.taskweaver.model.CodeEvidence;
import io.taskweaver.model.Finding;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Findings in submissions: those about a requirement. */
record RequirementFinding(
        SourceSpan source,
        String title,
        Optional<String> requirementId,
        Said verdict,
        double confidence,
        String because,
        List<CodeEvidence> evidence) {

    /** Verdicts in submissions. */
    enum Said {
        MISSING,
        PARTIAL,
        EXISTS,
        CONTRADICTED
    }

    static Converter converter(Schema schema) {
        var mapping = RecordMapping.of(RequirementFinding.class, schema);
        return new Converter(
                value -> mapping.toAvro(of((Finding) value)),
                value -> mapping.toModel((IndexedRecord) Objects.requireNonNull(value))
                        .finding());
    }

    private static RequirementFinding of(Finding finding) {
        return new RequirementFinding(
                finding.at().orElseThrow(),
                finding.title(),
                finding.id(),
                Said.valueOf(finding.verdict().name()),
                finding.confidence(),
                finding.because(),
                finding.evidence());
    }

    private Finding finding() {
        return new Finding(
                Finding.Subject.REQUIREMENT,
                requirementId,
                title,
                Optional.of(source),
                Verdict.valueOf(verdict.name()),
                confidence,
                because,
                evidence);
    }
}
