import type { EvidenceType } from './recognise'
import { stripJpeg } from './strip-jpeg'
import { stripPng } from './strip-png'
import { stripVideo } from './strip-video'
import { stripWebp } from './strip-webp'

const STRIPPING: Readonly<Record<EvidenceType, (bytes: Buffer) => Buffer | undefined>> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
  'video/mp4': stripVideo,
  'video/quicktime': stripVideo,
  // A document's title and author are part of the document.
  'application/pdf': (bytes) => bytes,
}

/**
 * The same picture or video without metadata about who made it, where, when and with which device. The pixels stay byte
 * for byte. An already stripped file comes out unchanged. `undefined`: the file is damaged, or not what its header
 * says.
 */
export const stripMetadata = (bytes: Buffer, type: EvidenceType): Buffer | undefined => STRIPPING[type](bytes)
