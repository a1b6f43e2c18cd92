package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaMigratorTest {
    static List<Dialect> dialects() {
        return List.of(SqliteDialect.INSTANCE, PostgresqlDialect.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void versions_countFromOneToTheNewest(Dialect dialect) {
        var versions = SchemaMigrator.readVersions(dialect);

        assertThat(versions).hasSize(SchemaMigrator.NEWEST);
        for (int i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i).number()).isEqualTo(i + 1);
            assertThat(versions.get(i).statements()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void statements_areWhole_andHaveNoPlaceholderLeft(Dialect dialect) {
        assertThat(SchemaMigrator.readVersions(dialect))
                .allSatisfy(version -> assertThat(version.statements())
                        .allSatisfy(sql -> assertThat(sql)
                                .matches("(?s)(CREATE|ALTER|UPDATE) .*")
                                .endsWith(";\n")
                                .containsOnlyOnce(";")
                                .doesNotContain("${")));
    }
}
