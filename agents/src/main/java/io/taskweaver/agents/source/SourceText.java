package io.taskweaver.agents.source;

import java.net.URI;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** A Java source in memory, for the JDK's parser. */
public final class SourceText extends SimpleJavaFileObject {
    private final String text;

    public SourceText(String text) {
        super(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE);
        this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
