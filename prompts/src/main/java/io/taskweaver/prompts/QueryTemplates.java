package io.taskweaver.prompts;

import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.taskweaver.model.Resources;
import io.taskweaver.model.Task;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Templates of prompts, in Mustache: text with variables, and sections that are shown for each item of a list or where
 * something is there. They cannot run anything. {@code task.mustache} is for work, {@code reconcile.mustache} for
 * bringing two results together; {@code answer.mustache} says how to answer, {@code folder.mustache} how to work in a
 * folder of one's own, {@code remote.mustache} how to work on a branch of a repository, and these are part of both;
 * {@code aside.mustache} is the file for what a short prompt has no room for.
 *
 * <p>Values are made safe before a template sees them: whatever a template does with them, texts of users stay in their
 * quotes, lists and fences.
 */
public final class QueryTemplates {
    /** What names of files with templates end with. */
    public static final String SUFFIX = ".mustache";

    static final String WORK = "task";
    static final String RECONCILE = "reconcile";
    static final String ANSWER = "answer";
    static final String FOLDER = "folder";
    static final String REMOTE = "remote";
    static final String ASIDE = "aside";
    static final List<String> LISTS_OF_PARTS = List.of(
            "implemented",
            "callable",
            "conflicts",
            "files",
            "foundations",
            "siblings",
            "dependents",
            "later",
            "conventions",
            "criteria",
            "constraints",
            "boundaries",
            "assumptions",
            "terms",
            "passages",
            "commands");

    private static final Map<String, String> SOURCES = sources();

    /** Those that come with the program. */
    public static final QueryTemplates DEFAULT = compiled(SOURCES);

    private final Template work;
    private final Template reconcile;
    private final Template aside;

    private QueryTemplates(Template work, Template reconcile, Template aside) {
        this.work = work;
        this.reconcile = reconcile;
        this.aside = aside;
    }

    /** The templates that come with the program, to begin one's own with: name of the file to text. */
    public static Map<String, String> defaults() {
        return SOURCES;
    }

    /**
     * Templates of a user. What is not given is taken from the program.
     *
     * @param own name of the file to text; files that no template includes are faults
     */
    public static TemplateReading of(Map<String, String> own) {
        var sources = new LinkedHashMap<>(SOURCES);
        sources.putAll(own);
        var faults = new TemplateCheck(sources).faultsOf(own.keySet());
        return faults.isEmpty() ? new TemplateReading.Usable(compiled(sources)) : new TemplateReading.Faulty(faults);
    }

    String render(Task.Kind kind, Map<String, Object> values) {
        return rendered(kind == Task.Kind.RECONCILE ? reconcile : work, values);
    }

    /** The file for what a prompt has no room for. */
    String renderAside(Map<String, Object> values) {
        return rendered(aside, values);
    }

    private static String rendered(Template template, Map<String, Object> values) {
        var text = new StringWriter();
        template.execute(values, text);
        return text.toString().strip() + "\n";
    }

    private static QueryTemplates compiled(Map<String, String> sources) {
        var compiler = compiler(sources);
        return new QueryTemplates(
                compiler.loadTemplate(WORK), compiler.loadTemplate(RECONCILE), compiler.loadTemplate(ASIDE));
    }

    /** A compiler that knows maps and lists only: no template reaches methods of objects. */
    static Mustache.Compiler compiler(Map<String, String> sources) {
        return Mustache.compiler()
                .escapeHTML(false)
                .emptyStringIsFalse(true)
                .strictSections(true)
                .withCollector(new BasicCollector() {
                    @Override
                    public <K, V> Map<K, V> createFetcherCache() {
                        return new ConcurrentHashMap<>();
                    }
                })
                .withLoader(name -> {
                    var source = sources.get(name + SUFFIX);
                    if (source == null) throw new MustacheException("there is no template " + name + SUFFIX);
                    return new StringReader(source);
                });
    }

    private static Map<String, String> sources() {
        var sources = new LinkedHashMap<String, String>();
        for (var name : List.of(WORK, RECONCILE, ANSWER, FOLDER, REMOTE, ASIDE))
            sources.put(name + SUFFIX, Resources.text(QueryTemplates.class, name + SUFFIX));
        return Collections.unmodifiableMap(sources);
    }
}
