package io.taskweaver.client.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.domain.code.CodeMap;
import io.taskweaver.domain.code.Modules;
import io.taskweaver.domain.gap.Finding;
import io.taskweaver.domain.gap.GapReport;
import java.util.List;
import java.util.Locale;

/** Findings and code maps as JSON. */
public final class GapJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GapJson() {}

    /**
     * An object with the arrays {@code requirements, structure, unrequested}; each entry has {@code id, title, source,
     * verdict, confidence, because, evidence}, where evidence is a list of {@code path, line, symbol}.
     */
    public static String write(GapReport report) {
        var json = NODES.objectNode();
        findings(json.putArray("requirements"), report.requirements());
        findings(json.putArray("structure"), report.structure());
        findings(json.putArray("unrequested"), report.unrequested());
        return text(json);
    }

    /** An object with the arrays {@code modules, files, skipped}. */
    public static String write(CodeMap map) {
        var json = NODES.objectNode();
        var modules = json.putArray("modules");
        for (var module : Modules.of(map)) {
            var entry = modules.addObject().put("name", module.name()).put("place", module.place());
            var files = entry.putArray("files");
            module.files().forEach(file -> files.add(file.path()));
            module.uses().forEach(entry.putArray("uses")::add);
        }
        var files = json.putArray("files");
        for (var file : map.files()) {
            var entry = files.addObject()
                    .put("path", file.path())
                    .put("language", file.language().title())
                    .put("test", file.isTest())
                    .put("complete", file.complete());
            var declarations = entry.putArray("declarations");
            for (var declaration : file.declarations())
                declarations
                        .addObject()
                        .put("kind", declaration.kind().name().toLowerCase(Locale.ROOT))
                        .put("symbol", declaration.symbol())
                        .put("detail", declaration.detail())
                        .put("public", declaration.open())
                        .put("line", declaration.line());
            file.imports().forEach(entry.putArray("imports")::add);
        }
        var skipped = json.putArray("skipped");
        map.skipped()
                .forEach(file -> skipped.addObject()
                        .put("path", file.path())
                        .put("reason", file.reason().words()));
        json.put("other_files", map.others().size());
        return text(json);
    }

    private static void findings(ArrayNode array, List<Finding> findings) {
        for (var finding : findings) {
            var entry = array.addObject()
                    .put("subject", finding.subject().word())
                    .put("id", finding.id().orElse(null))
                    .put("title", finding.title());
            finding.at()
                    .ifPresent(lines -> entry.putObject("source")
                            .put("path", lines.path())
                            .put("first_line", lines.firstLine())
                            .put("last_line", lines.lastLine()));
            entry.put("verdict", finding.verdict().word())
                    .put("confidence", finding.confidence())
                    .put("because", finding.because());
            var evidence = entry.putArray("evidence");
            finding.evidence()
                    .forEach(place -> evidence.addObject()
                            .put("path", place.path())
                            .put("line", place.line())
                            .put("symbol", place.symbol()));
        }
    }

    private static String text(ObjectNode json) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }
}
