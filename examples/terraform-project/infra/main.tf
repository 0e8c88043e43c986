variable "region" {
  type        = string
  description = "where the nodes are"
  validation {
    condition     = can(regex("^[a-z]+-[0-9]$", var.region))
    error_message = "A region looks like eu-1."
  }
}

variable "nodes" {
  type        = number
  default     = 15
  description = "how many nodes there are"
}

variable "password" {
  type        = string
  sensitive   = true
  description = "of the database"
}

module "net" {
  source = "../modules/net"
  region = var.region
}

resource "terraform_data" "node" {
  count = var.nodes
  input = { name = "node-${count.index}", subnet = module.net.subnets[count.index % 4] }
}

resource "terraform_data" "database" {
  input = { user = "app", password = var.password }
}

output "subnets" { value = module.net.subnets }

output "database" {
  value     = terraform_data.database.output
  sensitive = true
}
