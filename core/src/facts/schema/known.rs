//! Facts about the world that rules join with those of a tree: dated tables, loaded from the data files.

use crate::facts::row::tables;

tables! {
    /// A public image and what it runs. `span` has no meaning here.
    pub struct KnownImage in "known_image" {
        /// The image without registry (where it is the default one), tag or digest.
        #[indexed] image: String,
        /// The program that it runs, the same for all images of that program, for example `postgres`.
        #[indexed] family: String,
        /// What it is for: `datastore`, `broker`, `cache`, `search`, `vector-store`, `object-store`, `proxy`, `admin-ui`, `monitoring`, `exporter`, `socket-proxy`, `identity`, `model-server`, `tool`.
        #[indexed] kind: String,
        /// The user that it starts as.
        user: String,
        /// Whether its entrypoint gives up root by itself.
        drops_root: bool,
        /// Whether it carries a health check.
        has_healthcheck: bool,
        /// Whether it runs and ends.
        is_oneshot: bool,
        /// Whether it serves a console or an interface without authentication by default.
        is_admin: bool,
        /// The date of the table.
        dated: String,
    }

    /// A port that a known image listens on.
    pub struct KnownImagePort in "known_image_port" {
        /// The program.
        #[indexed] family: String,
        /// The port.
        port: i64,
    }

    /// A directory in which a known image keeps what must outlive the container.
    pub struct KnownDataDirectory in "known_data_directory" {
        /// The image.
        #[indexed] image: String,
        /// The directory.
        path: String,
    }

    /// A program that a known image has or lacks.
    pub struct KnownTool in "known_tool" {
        /// The image.
        #[indexed] image: String,
        /// A word that the tag must hold; empty for any tag.
        tag_word: String,
        /// The program.
        #[indexed] tool: String,
        /// Whether it is there.
        is_present: bool,
    }

    /// A port that datastores, brokers and consoles listen on by convention.
    pub struct KnownPort in "known_port" {
        /// The port.
        #[indexed] port: i64,
        /// The program that listens there.
        program: String,
        /// What it is for, as in `known_image`.
        kind: String,
    }

    /// A variable without which an image leaves a well-known account open.
    pub struct KnownDefaultCredential in "known_default_credential" {
        /// The program.
        #[indexed] family: String,
        /// The variable that sets the credential.
        variable: String,
        /// One variable that serves instead; the first row of a family has the variable itself.
        alternative: String,
        /// The account that is open without it.
        account: String,
    }

    /// A published flaw of a program, one row for each range of affected versions.
    pub struct KnownAdvisory in "known_advisory" {
        /// The program, for example `nginx`.
        #[indexed] family: String,
        /// The identifier, for example `CVE-2024-7347`.
        #[indexed] advisory: String,
        /// The first affected version, in the order of `version_order`.
        introduced: String,
        /// The first version of that range that is mended, in the order of `version_order`.
        mended: String,
        /// What the configuration must use for the flaw to matter; empty where nothing is needed.
        needs: String,
        /// `high`, `medium` or `low`, as the makers of the program rate it.
        severity: String,
        /// What it does.
        about: String,
        /// The date of the table.
        dated: String,
    }

    /// A published flaw of a package, one row for each range of affected versions. From the data table `package_advisories`.
    pub struct KnownPackageAdvisory in "known_package_advisory" {
        /// `pypi` or `npm`.
        ecosystem: &'static str,
        /// The package, as in `dependency`.
        #[indexed] package: String,
        /// The identifier, for example `CVE-2024-3651`.
        advisory: String,
        /// The first affected version, in the order of `version_order`.
        introduced: String,
        /// The first version of that range that is mended, in the order of `version_order`.
        mended: String,
        /// That version as people write it.
        mended_in: String,
        /// `critical`, `high`, `medium` or `low`.
        severity: String,
        /// What it does.
        about: String,
        /// The date of the table.
        dated: String,
    }

    /// A package that is no longer cared for, or has another name. From the data table `superseded`.
    pub struct KnownSuperseded in "known_superseded" {
        /// `pypi` or `npm`.
        ecosystem: &'static str,
        /// The package, as in `dependency`.
        #[indexed] package: String,
        /// What takes its place.
        successor: String,
        /// What became of it.
        why: String,
        /// The date of the table.
        dated: String,
    }

    /// A name that OpenSSL takes in a list of ciphers or groups.
    pub struct KnownTlsName in "known_tls_name" {
        /// `cipher` or `group`.
        kind: &'static str,
        /// The name, in lower case.
        #[indexed] name: String,
    }

    /// A key that systemd reads in a section of a unit. From the data table `systemd_keys`.
    pub struct KnownSystemdKey in "known_systemd_key" {
        /// The section, for example `Service`.
        section: String,
        /// The key.
        #[indexed] key: String,
        /// The date of the table.
        dated: String,
    }

    /// A name under which trees ask for a program that has releases. From the data table `support`.
    pub struct KnownProduct in "known_product" {
        /// The program, for example `postgresql`.
        #[indexed] product: String,
        /// Its name for people.
        title: String,
        /// What the name is of: `image`, `pypi` or `npm`.
        source: &'static str,
        /// The name of the image or package.
        #[indexed] name: String,
    }

    /// A series of releases and the end of its support. From the data table `support`.
    pub struct KnownRelease in "known_release" {
        /// The program.
        #[indexed] product: String,
        /// The beginning of the versions that belong to it, for example `3.9`.
        #[indexed] cycle: String,
        /// The day its support ends, as `YYYY-MM-DD`.
        ends: String,
        /// The name that stands for it in tags of images.
        codename: Option<String>,
        /// The date of the table.
        dated: String,
    }
}
