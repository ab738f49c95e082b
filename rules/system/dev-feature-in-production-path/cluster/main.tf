resource "aws_ecs_service" "web" {}
