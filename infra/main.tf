terraform {
  backend "http" {}
}
resource "terraform_data" "server" {
  input = "web-2"
}
output "server" {
  value = terraform_data.server.output
}
