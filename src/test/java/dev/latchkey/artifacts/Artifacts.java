package dev.latchkey.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The jars and POMs of a build, and the templates of the POMs. */
final class Artifacts {
    static final Path ROOT = Path.of(System.getProperty("latchkey.root", ".")).toAbsolutePath();

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private Artifacts() {}

    /** A dependency of a POM; the classifier is empty where there is none. */
    record Dependency(String group, String artifact, String version, String classifier, String scope) {
        /** The name of its jar in a repository. */
        String jar() {
            return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
        }
    }

    static String version() throws IOException {
        return firstText(pom(), "version");
    }

    /** Such as {@code latchkey}, {@code latchkey-testing}. */
    static Path jar(String artifact) throws IOException {
        return file(artifact, ".jar");
    }

    /** By the end of its name, which begins with artifact and version. */
    static Path file(String artifact, String end) throws IOException {
        return ROOT.resolve("target/" + artifact + "-" + version() + end);
    }

    /** What a build makes for other programs it makes after its jar; one that ends with the jar leaves an older one. */
    static void requireOneBuild() throws IOException {
        assertThat(Files.getLastModifiedTime(jar("latchkey-testing")))
                .as("latchkey-testing is of an earlier build; mvn verify makes it")
                .isGreaterThanOrEqualTo(Files.getLastModifiedTime(jar("latchkey")));
    }

    static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    /** The dependencies of a template, with the versions of {@code pom.xml} put in. */
    static List<Dependency> dependencies(String artifact) throws IOException {
        Map<String, String> properties = properties();
        String template = Files.readString(ROOT.resolve("src/build/pom/" + artifact + ".xml"));
        String filled =
                PROPERTY.matcher(template).replaceAll(match -> Matcher.quoteReplacement(value(properties, match)));
        NodeList found = parse(filled).getElementsByTagName("dependency");
        List<Dependency> dependencies = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            Element element = (Element) found.item(i);
            dependencies.add(new Dependency(
                    firstText(element, "groupId"),
                    firstText(element, "artifactId"),
                    firstText(element, "version"),
                    firstText(element, "classifier"),
                    firstText(element, "scope")));
        }
        return dependencies;
    }

    private static String value(Map<String, String> properties, MatchResult match) {
        assertThat(properties).containsKey(match.group(1));
        return properties.get(match.group(1));
    }

    private static Map<String, String> properties() throws IOException {
        Map<String, String> properties = new TreeMap<>();
        Element pom = pom();
        properties.put("project.version", firstText(pom, "version"));
        NodeList children = pom.getElementsByTagName("properties").item(0).getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i).getNodeType() == Node.ELEMENT_NODE) {
                properties.put(children.item(i).getNodeName(), children.item(i).getTextContent());
            }
        }
        return properties;
    }

    private static Element pom() throws IOException {
        return parse(Files.readString(ROOT.resolve("pom.xml")));
    }

    private static Element parse(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The text of the first element of this name, in document order; empty where there is none. */
    private static String firstText(Element parent, String name) {
        Node first = parent.getElementsByTagName(name).item(0);
        return first == null ? "" : first.getTextContent().strip();
    }
}
