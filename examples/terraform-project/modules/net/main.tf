variable "region" { type = string }

resource "terraform_data" "subnet" {
  count = 4
  input = "${var.region}${substr("abcd", count.index, 1)}"
}

output "subnets" { value = terraform_data.subnet[*].output }
