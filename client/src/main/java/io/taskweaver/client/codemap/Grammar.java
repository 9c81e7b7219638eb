package io.taskweaver.client.codemap;

import io.taskweaver.model.Resources;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.requirements.code.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TSQuery;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterKotlin;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/** A parser of a language and what is asked of its trees. Used by one thread at a time. */
final class Grammar implements AutoCloseable {
    final TSParser parser;
    final TSQuery query;

    private Grammar(TSLanguage language, String queryName) {
        parser = new TSParser();
        if (!parser.setLanguage(language)) throw new UnsupportedOperationException("the parser refuses " + queryName);
        query = new TSQuery(language, Resources.text(Grammar.class, queryName + ".scm"));
    }

    /**
     * Loads a grammar.
     *
     * @throws UnsupportedOperationException if there is none for this platform
     * @throws UncheckedIOException if it cannot be unpacked
     */
    static Grammar load(Language language) {
        try {
            return switch (language) {
                case JAVA -> new Grammar(new TreeSitterJava(), "java");
                case KOTLIN -> new Grammar(new TreeSitterKotlin(), "kotlin");
                case TYPESCRIPT -> new Grammar(new TreeSitterTypescript(), "typescript");
                case TSX -> new Grammar(new TreeSitterTsx(), "typescript");
                case JAVASCRIPT -> new Grammar(new TreeSitterJavascript(), "javascript");
                case PYTHON -> new Grammar(new TreeSitterPython(), "python");
                case GO -> new Grammar(new TreeSitterGo(), "go");
                case RUST -> new Grammar(new TreeSitterRust(), "rust");
            };
        } catch (LinkageError e) {
            throw unavailable(language, e);
        } catch (org.treesitter.TSException e) {
            throw new IllegalStateException("the query of " + language.title() + " is wrong", e);
        } catch (RuntimeException e) {
            // What the library throws where it has no binary for the system or the processor.
            if (e.getClass() == RuntimeException.class) throw unavailable(language, e);
            throw e;
        }
    }

    /** The library unpacks its binaries when they are used. */
    private static RuntimeException unavailable(Language language, Throwable e) {
        if (StorageFailure.behind(e).isEmpty())
            return new UnsupportedOperationException("no parser of " + language.title() + " for this platform", e);
        return new UncheckedIOException(new IOException(
                "The parser of " + language.title() + " cannot be unpacked into the temporary folder, "
                        + System.getProperty("java.io.tmpdir"),
                e));
    }

    @Override
    public void close() {
        query.close();
        parser.close();
    }
}
