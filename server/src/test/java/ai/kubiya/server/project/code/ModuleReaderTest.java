package ai.kubiya.server.project.code;

import static org.assertj.core.api.Assertions.assertThat;

import ai.kubiya.server.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of Terraform's files. */
class ModuleReaderTest {
    @TempDir
    private Path repository;

    private ModuleReaderTest write(String name, String content) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
        return this;
    }

    private ModuleCode read() throws IOException {
        return ModuleReader.read(repository, repository);
    }

    private DeclaredVariable variable(String code) throws IOException {
        return write("main.tf", code).read().variables().getFirst();
    }

    @Test
    void readsAVariableWithEverything() throws IOException {
        DeclaredVariable variable = variable("""
                # a comment with a { brace
                variable "size" { // and another
                  type        = string /* in the middle */
                  description = "It's a \\"size\\" with $${x}"
                  default     = "small"
                  sensitive   = true
                  nullable    = false
                  validation {
                    condition     = contains(["small", "large"], var.size) && length(var.size) < 9
                    error_message = "One of small, large."
                  }
                }
                """);

        assertThat(variable.name()).isEqualTo("size");
        assertThat(variable.type()).isEqualTo("string");
        assertThat(variable.description()).isEqualTo("It's a \"size\" with ${x}");
        assertThat(variable.otherwise()).isEqualTo(Json.parse("\"small\""));
        assertThat(variable.required()).isFalse();
        assertThat(variable.sensitive()).isTrue();
        assertThat(variable.nullable()).isFalse();
        assertThat(variable.options()).extracting(JsonNode::asText).containsExactly("small", "large");
        assertThat(variable.validations())
                .containsExactly(new DeclaredVariable.Validation(
                        "contains([\"small\", \"large\"], var.size) && length(var.size) < 9", "One of small, large."));
        assertThat(DeclaredVariable.of(variable.toJson())).isEqualTo(variable);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            -1.5e3                                  | -1500
            007                                     | 7
            true                                    | true
            null                                    | null
            ["a", 1, [true],]                       | ["a",1,[true]]
            { a = 1, "b c" : [] , d = { e = "f" } } | {"a":1,"b c":[],"d":{"e":"f"}}
            "tab\\tquote\\" \\u00e9 %%{x}"          | "tab\\tquote\\" é %{x}"
            """)
    void readsDefaultsThatAreWrittenOut(String written, String json) throws IOException {
        assertThat(variable("variable \"v\" {\n default = " + written + "\n}\n")
                        .toJson()
                        .path("default"))
                .isEqualTo(Json.parse(json));
    }

    @Test
    void readsObjectsOverSeveralLinesAndHereDocuments() throws IOException {
        ModuleCode code = write("main.tf", """
                variable "object" {
                  type = object({
                    a = optional(string, "x")
                    b = list(object({ c = number }))
                  })
                  default = {
                    a = "1" # one
                    b = [
                      { c = 1 },
                    ]
                  }
                }
                variable "text" {
                  default = <<-EOT
                    first "quoted" }
                      second
                  EOT
                }
                variable "last" { default = <<EOT
                as it is
                EOT
                }
                """).read();

        assertThat(code.list("errors")).isEmpty();
        DeclaredVariable object = code.variable("object").orElseThrow();
        assertThat(object.type()).isEqualTo("object({ a = optional(string, \"x\") b = list(object({ c = number })) })");
        assertThat(object.kind()).isEqualTo("map");
        assertThat(object.otherwise()).isEqualTo(Json.parse("{\"a\": \"1\", \"b\": [{\"c\": 1}]}"));
        assertThat(code.variable("text").orElseThrow().otherwise())
                .isEqualTo(Json.parse("\"first \\\"quoted\\\" }\\n  second\\n\""));
        assertThat(code.variable("last").orElseThrow().otherwise()).isEqualTo(Json.parse("\"as it is\\n\""));
    }

    @Test
    void evaluatesNothing() throws IOException {
        write("secret", "very-secret");
        DeclaredVariable variable = variable("variable \"v\" {\n default = file(\"secret\")\n}\n");

        assertThat(variable.required()).isFalse();
        assertThat(variable.otherwise()).isNull();
        assertThat(variable("variable \"v\" {\n default = \"${file(\"secret\")}\"\n}\n")
                        .otherwise())
                .isNull();
    }

    @Test
    void readsResourcesProvidersOutputsAndModulesOfTheRepository() throws IOException {
        ModuleCode code = write("main.tf", """
                        terraform {
                          required_version = ">= 1.5"
                          required_providers {
                            aws = { source = "hashicorp/aws", version = "~> 5.0" }
                            old = "1.0"
                          }
                        }
                        provider "aws" { region = var.region }
                        resource "aws_instance" "one" {
                          ami   = data.aws_ami.x.id
                          count = var.count_of == 2 ? 1 : 0
                          provisioner "local-exec" { command = "echo '}' ${var.region} # no comment" }
                        }
                        data "aws_ami" "x" {}
                        resource "terraform_data" "t" {}
                        module "net" { source = "./modules/net" }
                        module "far" {
                          source  = "terraform-aws-modules/vpc/aws"
                          version = "5.0"
                        }
                        output "id" {
                          value       = 1
                          description = "An id"
                          sensitive   = true
                        }
                        """)
                .write(
                        "modules/net/main.tf",
                        "resource \"random_id\" \"r\" {}\nmodule \"in\" { source = \"../deep\" }\n")
                .write("modules/deep/main.tf", "resource \"null_resource\" \"n\" {}\n")
                .write("README.md", "# How to\n")
                .read();

        assertThat(code.list("resources"))
                .extracting(one -> one.path("address").asText())
                .containsExactly(
                        "aws_instance.one",
                        "data.aws_ami.x",
                        "terraform_data.t",
                        "module.net.random_id.r",
                        "module.net.module.in.null_resource.n");
        assertThat(code.list("resources").get(0).path("variables")).isEqualTo(Json.parse("[\"count_of\", \"region\"]"));
        assertThat(code.list("providers"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"name\":\"aws\",\"source\":\"hashicorp/aws\",\"version\":\"~> 5.0\"}",
                        "{\"name\":\"null\",\"source\":\"\",\"version\":\"\"}",
                        "{\"name\":\"old\",\"source\":\"\",\"version\":\"1.0\"}",
                        "{\"name\":\"random\",\"source\":\"\",\"version\":\"\"}");
        assertThat(code.list("outputs").get(0).toString())
                .isEqualTo("{\"name\":\"id\",\"description\":\"An id\",\"sensitive\":true}");
        assertThat(code.list("modules"))
                .extracting(one -> one.path("source").asText())
                .containsExactly("./modules/net", "../deep", "terraform-aws-modules/vpc/aws");
        assertThat(code.json().path("required_version").asText()).isEqualTo(">= 1.5");
        assertThat(code.readme()).isEqualTo("# How to\n");
        assertThat(code.list("errors")).isEmpty();
    }

    @Test
    void looksAtNothingOutsideOfTheRepository() throws IOException {
        Path outside = Files.createDirectory(repository.resolve("outside"));
        Path inside = Files.createDirectory(repository.resolve("inside"));
        Files.writeString(outside.resolve("main.tf"), "resource \"stolen_thing\" \"x\" {}\n");
        Files.writeString(outside.resolve("README.md"), "stolen");
        Files.createSymbolicLink(inside.resolve("linked"), outside);
        Files.createSymbolicLink(inside.resolve("linked.tf"), outside.resolve("main.tf"));
        Files.createSymbolicLink(inside.resolve("README.md"), outside.resolve("README.md"));
        Files.writeString(inside.resolve("main.tf"), """
                module "up" { source = "../outside" }
                module "link" { source = "./linked" }
                module "none" { source = "./none" }
                """);

        ModuleCode code = ModuleReader.read(inside, inside);

        assertThat(code.json().toString()).doesNotContain("stolen");
        assertThat(code.list("errors"))
                .extracting(one -> one.path("message").asText())
                .containsExactly(
                        "module.up is to be at ../outside, which is outside of the repository",
                        "module.link is to be at ./linked, which is outside of the repository",
                        "module.none is to be at ./none, and there is no such folder");
    }

    @Test
    void readsJsonAndLetsOverridesWin() throws IOException {
        ModuleCode code = write("a.tf.json", """
                        {"variable": {"v": {"type": "${list(string)}", "default": ["a"], "description": "d",
                                            "validation": {"condition": "${length(var.v) > 0}", "error_message": "e"}}},
                         "resource": {"aws_x": {"one": {"name": "${var.v}"}, "two": {}}}}
                        """)
                .write("b_override.tf", "variable \"v\" {\n  default = [\"b\"]\n  sensitive = true\n}\n")
                .read();

        DeclaredVariable variable = code.variables().getFirst();
        assertThat(variable.type()).isEqualTo("list(string)");
        assertThat(variable.otherwise()).isEqualTo(Json.parse("[\"b\"]"));
        assertThat(variable.description()).isEqualTo("d");
        assertThat(variable.sensitive()).isTrue();
        assertThat(variable.validations().getFirst().condition()).isEqualTo("length(var.v) > 0");
        assertThat(code.list("resources")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            variable "v" {                 | 1 | a block is not closed
            variable "v" { default = [1 }  | 1 | a block is not closed
            variable v = }                 | 1 | expected = and a value
            x = "abc                       | 1 | a string is not closed
            /* open                        | 1 | a comment is not closed
            = 1                            | 1 | expected the name
            """)
    void saysWhatItCannotRead(String text, int line, String words) throws IOException {
        JsonNode error = write("bad.tf", text)
                .write("good.tf", "variable \"good\" {}")
                .read()
                .list("errors")
                .get(0);

        assertThat(error.path("file").asText()).isEqualTo("bad.tf");
        assertThat(error.path("line").asInt()).isEqualTo(line);
        assertThat(error.path("message").asText()).contains(words);
        assertThat(read().variable("good")).isPresent();
    }

    @Test
    void isNotBroughtDownByDepth() throws IOException {
        String code = "a {\n".repeat(5000);

        assertThat(write("deep.tf", code)
                        .read()
                        .list("errors")
                        .get(0)
                        .path("message")
                        .asText())
                .contains("nested too deeply");
        assertThat(write("deep.tf", "x = " + "[".repeat(50_000) + "]".repeat(50_000))
                        .read()
                        .list("errors"))
                .isEmpty();
        assertThat(variable("variable \"v\" {\n default = " + "[".repeat(9000) + "]".repeat(9000) + "\n}\n")
                        .otherwise())
                .isNull();
    }
}
