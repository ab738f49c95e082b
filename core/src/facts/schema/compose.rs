//! Facts about Compose: files, the projects that they merge into, and what each service of a project gets.

use crate::facts::RowId;
use crate::facts::row::tables;
use crate::source::Span;

tables! {
    /// A Compose file. `span` is its first byte; `certainty` is `unresolved` where parts could not be read.
    pub struct ComposeFile in "compose_file" {
        /// Path from the root.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// What its path says it is for: `production`, `development`, `test` or `example`.
        role: &'static str,
        /// How many services it names.
        services: i64,
        /// The obsolete top-level `version`, where it is set.
        version: Option<String>,
        /// Where `version` stands.
        version_span: Option<Span>,
    }

    /// Files that Compose merges into one application. `span` is the first byte of the first file.
    pub struct ComposeProject in "compose_project" {
        /// The project's folder, from which relative paths count.
        #[indexed] folder: String,
        /// The project's name: `name:`, else the folder's.
        name: String,
        /// What its files are for: `production`, `development`, `test` or `example`.
        role: &'static str,
        /// The files that are merged, in order, separated by `, `.
        files: String,
        /// Whether `docker compose up` in the folder starts it.
        is_default: bool,
    }

    /// A file of a project.
    pub struct ComposeProjectFile in "compose_project_file" {
        /// The project.
        project: RowId,
        /// Path from the root.
        #[indexed] path: String,
        /// How it comes in: `base`, `override`, `include` or `extends`.
        how: &'static str,
    }

    /// Why a part of a project is not known: a cycle, a path out of the tree, a bound.
    pub struct ComposeProblem in "compose_problem" {
        /// `cycle`, `outside`, `missing`, `bound` or `syntax`.
        #[indexed] kind: &'static str,
        /// What could not be followed.
        message: String,
    }

    /// A service of a project, after merging. `span` is its name where it is first defined; `certainty` is `unresolved` where something that it extends could not be read.
    pub struct ComposeService in "compose_service" {
        /// The project.
        project: RowId,
        /// The service's name.
        #[indexed] name: String,
        /// What the project is for.
        role: &'static str,
        /// Whether another project, closer to production, has the same definition.
        is_shadowed: bool,
        /// The image as written, variables filled where they can be.
        image: Option<String>,
        /// The image without default registry, tag and digest.
        #[indexed] image_name: Option<String>,
        /// The image's tag.
        image_tag: Option<String>,
        /// The image's digest.
        image_digest: Option<String>,
        /// The row of `known_image` for the image.
        #[indexed] known_image: Option<String>,
        /// Whether the image is built from the tree.
        is_built: bool,
        /// `container_name`.
        container_name: Option<String>,
        /// `user`.
        user: Option<String>,
        /// `restart`, or the condition of `deploy.restart_policy`.
        restart: Option<String>,
        /// Memory limit in bytes.
        memory_limit: Option<i64>,
        /// Memory reservation in bytes.
        memory_reservation: Option<i64>,
        /// CPU limit in cores.
        cpu_limit: Option<f64>,
        /// CPU reservation in cores.
        cpu_reservation: Option<f64>,
        /// Replicas.
        replicas: Option<i64>,
        /// Profiles, separated by spaces; empty for a service that starts by default.
        profiles: String,
        /// `network_mode`.
        network_mode: Option<String>,
        /// The entrypoint's words, separated by spaces.
        entrypoint: Option<String>,
        /// The command's words, separated by spaces.
        command: Option<String>,
        /// The logging driver.
        log_driver: Option<String>,
        /// `stop_grace_period` in seconds.
        stop_grace_period: Option<f64>,
    }

    /// A scalar of a service's definition, by its key; each item of a list is a row. What has a table of its own (ports, volumes, environment …) is not here.
    pub struct ComposeSetting in "compose_setting" {
        /// The service.
        service: RowId,
        /// The key, for example `privileged` or `deploy.resources.limits.memory`.
        #[indexed] key: String,
        /// The value; NULL for an empty one.
        value: Option<String>,
        /// What the file that sets it is for.
        role: &'static str,
    }

    /// How a service's image is built.
    pub struct ComposeBuild in "compose_build" {
        /// The service.
        service: RowId,
        /// The build context's path from the root.
        #[indexed] context: Option<String>,
        /// The context as written.
        written_context: String,
        /// `folder`, `missing`, `remote`, `outside` or `unknown`.
        context_state: &'static str,
        /// The Dockerfile's path from the root.
        #[indexed] dockerfile: Option<String>,
        /// `file`, `missing`, `inline`, `outside` or `unknown`.
        dockerfile_state: &'static str,
        /// The stage that is built; NULL for the last.
        target: Option<String>,
        /// What the file is for.
        role: &'static str,
    }

    /// A port that a service publishes on the host.
    pub struct ComposePort in "compose_port" {
        /// The service.
        service: RowId,
        /// The address that it binds; NULL for all.
        host_ip: Option<String>,
        /// First host port; NULL where the engine chooses, or where it is not known.
        #[indexed] host_port: Option<i64>,
        /// Last host port.
        host_port_end: Option<i64>,
        /// First container port.
        #[indexed] container_port: Option<i64>,
        /// Last container port.
        container_port_end: Option<i64>,
        /// `tcp` or `udp`.
        protocol: String,
        /// Whether every host that reaches this one reaches the port; NULL where the address is not known.
        is_public: Option<bool>,
        /// The mapping as written.
        written: String,
        /// Whether it is written in quotes, or in the long form.
        is_quoted: bool,
        /// What the file is for.
        role: &'static str,
    }

    /// Something mounted into a service's container.
    pub struct ComposeMount in "compose_mount" {
        /// The service.
        service: RowId,
        /// `bind`, `volume`, `tmpfs`, `anonymous`, `npipe` or `cluster`.
        kind: &'static str,
        /// The source as written: a host path or a volume's name.
        #[indexed] source: Option<String>,
        /// The source's path from the root, for a relative bind mount.
        #[indexed] source_path: Option<String>,
        /// What the source is: `file`, `folder`, `missing`, `absolute`, `outside`, `volume`, `none` or `unknown`.
        source_state: &'static str,
        /// The path in the container.
        target: String,
        /// Whether the container may only read it.
        is_read_only: bool,
        /// Options of the short form, separated by commas.
        options: String,
        /// Whether the engine makes a missing host path.
        creates_host_path: bool,
        /// What the file is for.
        role: &'static str,
    }

    /// A variable that a service's container or build gets.
    pub struct ComposeEnvironment in "compose_environment" {
        /// The service.
        service: RowId,
        /// The variable.
        #[indexed] name: String,
        /// The value in force; NULL where it is not known.
        value: Option<String>,
        /// Where it is set: `environment`, `env_file` or `build_arg`.
        origin: &'static str,
        /// Where the value comes from: `literal`, `default` (a fallback in `${X:-…}`), `dotenv`, `unset` (a variable that the tree gives no value) or `shell` (passed on without a value).
        binding: &'static str,
        /// The first variable that the value is made from.
        variable: Option<String>,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
        /// Who issues tokens of the value's format.
        provider: Option<String>,
        /// Shannon entropy of the value, in bits a character.
        entropy: f64,
        /// What the file is for.
        role: &'static str,
    }

    /// An environment file that a service names.
    pub struct ComposeEnvFile in "compose_env_file" {
        /// The service.
        service: RowId,
        /// Path from the root; NULL where it is not known.
        #[indexed] path: Option<String>,
        /// The path as written.
        written: String,
        /// `file`, `missing`, `absolute`, `outside` or `unknown`; `unread` for one whose name does not tell that it holds variables.
        state: &'static str,
        /// Whether Compose refuses to start without it.
        is_required: bool,
    }

    /// A `${VARIABLE}` in a Compose file, stated once for each place.
    pub struct ComposeVariableUse in "compose_variable_use" {
        /// The variable.
        #[indexed] name: String,
        /// `none`, `default`, `required` or `alternative`.
        operator: &'static str,
        /// The fallback, or the message of a required one.
        argument: Option<String>,
        /// The service in whose definition it stands.
        service_name: Option<String>,
        /// The keys that lead to it, for example `services.web.image`.
        key: String,
        /// The environment file beside the project that sets it.
        defined_in: Option<String>,
        /// An example environment file that names it.
        documented_in: Option<String>,
        /// What the file is for.
        role: &'static str,
    }

    /// A secret or config at the top of a project.
    pub struct ComposeSecret in "compose_secret" {
        /// The project.
        project: RowId,
        /// `secret` or `config`.
        kind: &'static str,
        /// Its name.
        #[indexed] name: String,
        /// Where the content comes from: `file`, `environment`, `content`, `external` or `unknown`.
        source: &'static str,
        /// The file's path from the root.
        #[indexed] path: Option<String>,
        /// What the path is, as in `compose_mount`.
        path_state: &'static str,
        /// The variable that holds the content.
        variable: Option<String>,
        /// What the file is for.
        role: &'static str,
    }

    /// A secret or config that a service gets.
    pub struct ComposeSecretGrant in "compose_secret_grant" {
        /// The service.
        service: RowId,
        /// The top-level entry; NULL where there is none.
        secret: Option<RowId>,
        /// `secret` or `config`.
        kind: &'static str,
        /// The entry's name.
        #[indexed] name: String,
        /// The path in the container.
        target: Option<String>,
        /// Permission bits; NULL where none are set.
        mode: Option<i64>,
        /// Owner.
        uid: Option<String>,
        /// Group.
        gid: Option<String>,
        /// What the file is for.
        role: &'static str,
    }

    /// A network of a project.
    pub struct ComposeNetwork in "compose_network" {
        /// The project.
        project: RowId,
        /// Its name.
        #[indexed] name: String,
        /// Whether it stands at the top of a file; the `default` network need not.
        is_declared: bool,
        /// Whether somebody else must create it.
        is_external: bool,
        /// The name that the engine gives it, where set.
        external_name: Option<String>,
        /// Whether it has no way out.
        is_internal: bool,
        /// The driver.
        driver: Option<String>,
        /// What the file is for.
        role: &'static str,
    }

    /// A network that a service is on.
    pub struct ComposeServiceNetwork in "compose_service_network" {
        /// The service.
        service: RowId,
        /// The network; NULL where the project has none of that name.
        network: Option<RowId>,
        /// Its name.
        name: String,
    }

    /// A service that must start before another.
    pub struct ComposeDependsOn in "compose_depends_on" {
        /// The one that waits.
        service: RowId,
        /// The one that it waits for; NULL where the project has none of that name.
        target: Option<RowId>,
        /// Its name.
        name: String,
        /// `service_started`, `service_healthy` or `service_completed_successfully`.
        condition: String,
        /// Whether Compose refuses to start without it.
        is_required: bool,
        /// What the file is for.
        role: &'static str,
    }

    /// A volume at the top of a project.
    pub struct ComposeVolume in "compose_volume" {
        /// The project.
        project: RowId,
        /// Its name.
        #[indexed] name: String,
        /// Whether somebody else must create it.
        is_external: bool,
        /// The name that the engine gives it, where set.
        external_name: Option<String>,
        /// The driver.
        driver: Option<String>,
        /// What the file is for.
        role: &'static str,
    }

    /// A service's health check.
    pub struct ComposeHealthcheck in "compose_healthcheck" {
        /// The service.
        service: RowId,
        /// The command, words separated by spaces.
        test: Option<String>,
        /// `exec`, `shell` or `none`.
        form: &'static str,
        /// Whether it switches the image's own check off.
        is_disabled: bool,
        /// The program that it runs.
        program: Option<String>,
        /// The port that it asks on its own host.
        port: Option<i64>,
        /// Seconds between checks.
        interval: Option<f64>,
        /// Seconds that a check may take.
        timeout: Option<f64>,
        /// Failures before the container counts as unhealthy.
        retries: Option<i64>,
        /// What the file is for.
        role: &'static str,
    }

    /// A label of a service or its image.
    pub struct ComposeLabel in "compose_label" {
        /// The service.
        service: RowId,
        /// The label.
        #[indexed] name: String,
        /// Its value.
        value: Option<String>,
    }

    /// A word of a service's command line. The script of `sh -c` is taken apart, too.
    pub struct ComposeArgument in "compose_argument" {
        /// The service.
        service: RowId,
        /// `command`, `entrypoint` or `healthcheck`.
        part: &'static str,
        /// Its place, from 0.
        position: i64,
        /// The word without quotes.
        word: String,
        /// The option that the word is, without `=` and what follows.
        #[indexed] option: Option<String>,
        /// The option's value: after `=`, else the next word.
        value: Option<String>,
    }

    /// A name in a service's definition that something else must define: a network, a volume, a secret, a config, a service, a file.
    pub struct ComposeReference in "compose_reference" {
        /// The project.
        project: RowId,
        /// The service, where one holds it.
        service: Option<RowId>,
        /// `network`, `volume`, `secret`, `config`, `service`, `env_file`, `extends` or `include`.
        #[indexed] kind: &'static str,
        /// The name or path as written.
        name: String,
        /// `defined`, `missing` or `unknown`.
        state: &'static str,
        /// Whether Compose refuses to go on without it.
        is_required: bool,
        /// What the file is for.
        role: &'static str,
    }

    /// A name under which other containers of the project reach a service, or a name that its own container is told.
    pub struct ComposeHostName in "compose_host_name" {
        /// The service.
        service: RowId,
        /// The name.
        #[indexed] name: String,
        /// `service`, `container`, `hostname`, `alias`, `link` or `extra_host`; the last two only this service itself can use.
        kind: &'static str,
    }
}
