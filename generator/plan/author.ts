import type { ImageReference } from '../model/image-reference.ts';
import type { MacAddress } from '../model/mac-address.ts';
import type { MapOption } from '../model/map-option.ts';
import type { ClientName } from '../model/names.ts';
import type { AddressSource, Cluster, FileSystem } from '../model/site.ts';
import type { PlanBuilder } from './plan.ts';
import type { Setting } from './setting.ts';
import type { Root } from './token.ts';

/**
 * What a plan may want to know of the host that it is for. With an initrd that serves all hosts,
 * the settings are handed over at boot: steps take them either way.
 */
export interface PlannedHost {
    readonly name: string;
    readonly cluster: Cluster;
    readonly client: Setting<ClientName>;
    readonly image: Setting<ImageReference>;
    readonly mac: Setting<MacAddress>;
    readonly address: AddressSource;
    readonly fileSystem: FileSystem;
    readonly nicModules: readonly string[];
    /** Options of the mapping. Absent: rbdboot's and the kernel's own. */
    readonly mapOptions?: readonly MapOption[];
}

/** Records the steps of a host, and returns the token of its root. */
export type PlanAuthor = (plan: PlanBuilder, host: PlannedHost) => Root;
