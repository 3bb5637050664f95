package postwarden.e2e.producer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of who may do what, out of the README, as Kafka's ACLs. */
final class Recipe {
    private static final Path README = Path.of("..", "..", "README.md");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(\\w+)` \\| (TOPIC|GROUP|TRANSACTIONAL_ID|CLUSTER) \\| (LITERAL|PREFIXED) \\| `([\\w.-]+)` \\| ([A-Z_, ]+) \\|",
            Pattern.MULTILINE);

    private Recipe() {}

    static List<AclBinding> acls() throws IOException {
        return ROW.matcher(Files.readString(README))
                .results()
                .flatMap(Recipe::acls)
                .toList();
    }

    private static Stream<AclBinding> acls(MatchResult row) {
        ResourcePattern what = new ResourcePattern(
                ResourceType.valueOf(row.group(2)), row.group(4), PatternType.valueOf(row.group(3)));
        return Arrays.stream(row.group(5).strip().split(", "))
                .map(AclOperation::valueOf)
                .map(operation -> new AclBinding(
                        what, new AccessControlEntry("User:" + row.group(1), "*", operation, AclPermissionType.ALLOW)));
    }
}
